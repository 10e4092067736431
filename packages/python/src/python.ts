import { MailtideError } from '@mailtide/contracts'
import { createBuiltins } from './builtins/builtins.ts'
import { isCallable } from './builtins/functions.ts'
import { exceptionEscaped, limitReached } from './errors.ts'
import { callValue } from './evaluate/call.ts'
import { evaluate } from './evaluate/expression.ts'
import { moduleScope } from './evaluate/scope.ts'
import { runAll } from './evaluate/statement.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { createMachine } from './machine.ts'
import { createModules } from './modules/modules.ts'
import { parseExpression } from './parse/parse.ts'
import { parseProgram } from './parse/parse-program.ts'
import { typeName } from './values/classes.ts'
import { isOrdered } from './values/compare.ts'
import { fromPlain, type PlainValue, toPlain } from './values/convert.ts'
import { Raised } from './values/raised.ts'
import { messageOf, reprOf } from './values/repr.ts'
import { truthOf } from './values/truth.ts'
import type { Origin, Scope, Value } from './values/value.ts'
import type { World } from './world.ts'

declare const opaque: unique symbol

/** A value of the interpreter. It means something only to the interpreter that made it. */
export interface PythonValue {
  readonly [opaque]: true
}

/** What can be handed to a Python function: values of the interpreter, or plain ones. */
export type PythonArgument = PythonValue | PlainValue

/** How one expression is evaluated. */
export interface EvaluateOptions {
  /** Whether `re` is there though nobody imported it. */
  readonly withRe?: boolean
  /** Whether the expression is a password's: no message repeats a name or a value from here on. */
  readonly secret?: boolean
}

/** A Python interpreter for configuration values: one namespace, as OfflineIMAP has one per run. */
export interface Python {
  /**
   * Executes a `pythonfile`. Its names, imported ones included, are seen by everything evaluated later (OfflineIMAP's
   * rule). Throws what went wrong with its place in the file.
   */
  load(source: string, origin: Origin): void
  /** Evaluates one option's value. `re` is visible only where OfflineIMAP provides it, or the `pythonfile` imports it. */
  evaluate(expression: string, origin: Origin, options?: EvaluateOptions): PythonValue
  /** Calls what an expression came to. */
  call(callee: PythonValue, args: readonly PythonArgument[]): PythonValue
  /** Whether a value can be called. */
  isCallable(value: PythonValue): boolean
  /** A value in plain terms: str, bytes, numbers, bool, None, arrays for lists, tuples and sets, maps for dicts. */
  toJs(value: PythonValue): PlainValue
  fromJs(value: PlainValue): PythonValue
  /** `bool(value)` */
  isTrue(value: PythonValue): boolean
  /** Negative, zero or positive, as `sorted` orders the two. */
  compare(a: PythonValue, b: PythonValue): number
  /** `repr(value)` for messages; only its type once a program, a file or the keyring has given anything away. */
  describe(value: PythonValue): string
}

/** What an interpreter is made of. */
export interface PythonOptions {
  /** All it can reach; nothing by default. */
  readonly world?: World
  readonly limits?: Partial<Limits>
}

/** An interpreter in which nothing has been loaded yet. */
export function createPython({ world = {}, limits = {} }: PythonOptions = {}): Python {
  const modules = createModules(world)
  const builtins = createBuiltins()
  const machine = createMachine(world, { ...defaultLimits, ...limits }, { builtins, modules })
  const start = { text: '', origin: { file: 'pythonfile' } }
  const globals = moduleScope(start, false)

  // Runs one piece of work with its own means, and turns whatever stops it into the error for the outside.
  function run<T>(work: () => T, caller?: Origin): T {
    machine.begin()
    try {
      return work()
    } catch (error) {
      throw explained(error, caller)
    }
  }

  function explained(error: unknown, caller: Origin | undefined): unknown {
    if (error instanceof MailtideError) return error
    // The evaluator follows the nesting of the text and of its values; the stack ends before they do.
    if (error instanceof RangeError) {
      const isStack = error.message.includes('call stack')
      return limitReached(isStack ? 'is nested too deeply' : 'makes a value that is too big', machine.place)
    }
    if (!(error instanceof Raised)) return error
    machine.settle(error)
    const places = error.place ? [error.place] : []
    if (caller && error.place && error.place.source.origin.file !== caller.file) {
      places.push({ source: { text: '', origin: caller }, at: 0 })
    }
    return exceptionEscaped(describeException(error), places)
  }

  function describeException(error: Raised): string {
    const { name } = error.exception.type
    const message = machine.holdsSecret ? error.safe : messageSafely(error)
    return message === '' ? name : `${name}: ${message}`
  }

  function messageSafely(error: Raised): string {
    try {
      return messageOf(machine, error.exception)
    } catch (failure) {
      if (failure instanceof Raised || failure instanceof MailtideError) return error.safe
      throw failure
    }
  }

  const seal = (value: Value) => value as unknown as PythonValue
  const open = (value: PythonValue) => value as unknown as Value

  return {
    load(source, origin) {
      run(() => {
        const { content, legacy, source: read } = parseProgram(source, origin)
        const scope: Scope = { ...moduleScope(read, legacy), names: globals.names }
        runAll(machine, scope, content)
      })
    },
    evaluate(expression, origin, { withRe = false, secret = false } = {}) {
      if (secret) machine.mayHoldSecret()
      return run(() => {
        const { content, legacy, source } = parseExpression(expression, origin)
        const scope = moduleScope(source, legacy, globals)
        const re = modules.get('re')
        if (withRe && re) scope.names.set('re', re)
        return seal(evaluate(machine, scope, content))
      }, origin)
    },
    call(callee, args) {
      return run(
        () => {
          const positional = args.map((arg) => valueFrom(arg))
          return seal(callValue(machine, open(callee), { positional, named: new Map() }))
        },
        originOf(open(callee)),
      )
    },
    isCallable: (value) => isCallable(open(value)),
    toJs: (value) => run(() => toPlain(machine, open(value))),
    fromJs: (value) => run(() => seal(fromPlain(machine, value))),
    isTrue: (value) => run(() => truthOf(machine, open(value))),
    compare: (a, b) =>
      run(() => {
        if (isOrdered(machine, open(a), '<', open(b))) return -1
        return isOrdered(machine, open(b), '<', open(a)) ? 1 : 0
      }),
    describe: (value) => (machine.holdsSecret ? `a ${typeName(open(value))}` : run(() => reprOf(machine, open(value)))),
  }

  function valueFrom(arg: PythonArgument): Value {
    const isOwn = arg !== null && typeof arg === 'object' && 'kind' in arg
    return isOwn ? open(arg as PythonValue) : fromPlain(machine, arg as PlainValue)
  }
}

function originOf(value: Value): Origin | undefined {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'function'
    ? value.scope.source.origin
    : undefined
}
