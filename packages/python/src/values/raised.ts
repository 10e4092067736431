import { type ClassValue, type InstanceValue, type Source, tuple, type Value } from './value.ts'

/** Python's tree of exceptions, each with the one it derives from. */
const tree = {
  BaseException: undefined,
  SystemExit: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  GeneratorExit: 'BaseException',
  Exception: 'BaseException',
  StopIteration: 'Exception',
  ArithmeticError: 'Exception',
  OverflowError: 'ArithmeticError',
  ZeroDivisionError: 'ArithmeticError',
  FloatingPointError: 'ArithmeticError',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  BufferError: 'Exception',
  EOFError: 'Exception',
  ImportError: 'Exception',
  ModuleNotFoundError: 'ImportError',
  LookupError: 'Exception',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  MemoryError: 'Exception',
  NameError: 'Exception',
  UnboundLocalError: 'NameError',
  OSError: 'Exception',
  FileNotFoundError: 'OSError',
  FileExistsError: 'OSError',
  PermissionError: 'OSError',
  ChildProcessError: 'OSError',
  TimeoutError: 'OSError',
  RuntimeError: 'Exception',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  SyntaxError: 'Exception',
  TypeError: 'Exception',
  ValueError: 'Exception',
  UnicodeError: 'ValueError',
  UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError',
  // The ones that live in modules.
  error: 'Exception',
  SubprocessError: 'Exception',
  CalledProcessError: 'SubprocessError',
  TimeoutExpired: 'SubprocessError',
  JSONDecodeError: 'ValueError',
  NetrcParseError: 'Exception',
  KeyringError: 'Exception',
  Error: 'ValueError',
} as const

/** The name of one of Python's own exceptions. */
export type ExceptionName = keyof typeof tree

const made = new Map<string, ClassValue>()

/** The class of one of Python's own exceptions. */
export function exceptionClass(name: ExceptionName): ClassValue {
  let type = made.get(name)
  if (!type) {
    const base = tree[name]
    type = { kind: 'class', name, base: base && exceptionClass(base), attributes: new Map() }
    made.set(name, type)
  }
  return type
}

/** The exceptions that need no import. */
export const builtinExceptions: readonly ExceptionName[] = (Object.keys(tree) as ExceptionName[]).slice(
  0,
  Object.keys(tree).indexOf('error'),
)

/** Whether a class is, or derives from, another. */
export function derives(type: ClassValue, from: ClassValue): boolean {
  for (let at: ClassValue | undefined = type; at; at = at.base) if (at === from) return true
  return false
}

/** Whether instances of this class can be raised. */
export function isException(type: ClassValue): boolean {
  return derives(type, exceptionClass('BaseException'))
}

/** A place in a text. */
export interface Place {
  readonly source: Source
  readonly at: number
}

/** An exception of the interpreted program on its way to a handler. */
export class Raised extends Error {
  readonly exception: InstanceValue
  /** What may be said of it where its arguments could hold a secret. */
  readonly safe: string
  place: Place | undefined

  constructor(exception: InstanceValue, safe: string) {
    super()
    this.exception = exception
    this.safe = safe
  }
}

/** An instance of an exception's class. */
export function exceptionOf(type: ClassValue, args: readonly Value[]): InstanceValue {
  return { kind: 'instance', type, attributes: new Map<string, Value>([['args', tuple(args)]]) }
}

/**
 * An exception with a message that repeats no value of the program, only names of types and of the language.
 * What does repeat one goes through {@link raiseAbout}.
 */
export function raise(name: ExceptionName, message: string): Raised {
  return new Raised(exceptionOf(exceptionClass(name), [message]), message)
}

/** An exception whose arguments repeat values of the program, and what to say where those could be secret. */
export function raiseAbout(name: ExceptionName, safe: string, ...args: readonly Value[]): Raised {
  return new Raised(exceptionOf(exceptionClass(name), args), safe)
}
