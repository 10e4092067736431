import type { Runtime } from '../runtime.ts'
import { raise } from '../values/raised.ts'
import { flag, type RegexNode } from './nodes.ts'
import { parseRegex } from './parse-regex.ts'
import { regexError } from './pattern-source.ts'
import { isAscii, lettersOf, type PointTest, setTest } from './point-test.ts'
import { type Instruction, lastGroupRegister, type Program } from './program.ts'
import { UnsupportedRegex } from './unsupported.ts'
import { widthOf } from './width.ts'

type Open<T> = { -readonly [K in keyof T]: T[K] }

/** Compiles a pattern; one that Python would take and this engine doesn't is refused. */
export function compileRegex(runtime: Runtime, text: string, isBytes: boolean, flags: number): Program {
  runtime.spend(text.length)
  try {
    return compile(runtime, text, isBytes, flags)
  } catch (error) {
    if (error instanceof UnsupportedRegex) return runtime.unsupported(error.message)
    throw error
  }
}

function compile(runtime: Runtime, text: string, isBytes: boolean, given: number): Program {
  if (given & flag.debug) return runtime.unsupported('the DEBUG flag of a regular expression')
  const { body, flags, groups, names } = parseRegex(text, isBytes, given)
  const instructions: Instruction[] = []
  let registers = lastGroupRegister(groups) + 1

  const add = (instruction: Instruction): number => {
    runtime.fits(instructions.length)
    return instructions.push(instruction) - 1
  }
  const here = () => instructions.length

  function emit(node: RegexNode, mode: number): void {
    const test = oneCharacter(node, mode, isBytes)
    switch (node.kind) {
      case 'char': {
        const [only, more] = lettersOf(node.point, mode, isBytes)
        add(more === undefined ? { op: 'char', point: only! } : { op: 'test', test: test! })
        return
      }
      case 'any':
      case 'set':
        add({ op: 'test', test: test! })
        return
      case 'fail':
        add({ op: 'fail' })
        return
      case 'anchor': {
        const multiline = (mode & flag.multiline) !== 0
        add({ op: 'anchor', anchor: node.anchor, multiline, ascii: isAscii(mode, isBytes) })
        return
      }
      case 'sequence':
        for (const part of node.nodes) emit(part, mode)
        return
      case 'choice':
        emitChoice(node.branches, mode)
        return
      case 'group': {
        const inner = combineFlags(mode, node.add, node.remove)
        if (node.index !== undefined) add({ op: 'save', slot: node.index * 2 })
        emit(node.body, inner)
        if (node.index !== undefined) add({ op: 'save', slot: node.index * 2 + 1 })
        return
      }
      case 'reference':
        add({ op: 'reference', group: node.index, ignoreCase: (mode & flag.ignoreCase) !== 0 })
        return
      case 'repeat':
        emitRepeat(node, mode)
        return
      case 'look': {
        const width = node.behind ? widthOf(node.body) : undefined
        if (width && width.least !== width.most) throw regexError('look-behind requires fixed-width pattern')
        const look: Open<Instruction & { op: 'look' }> = {
          op: 'look',
          width: width?.least,
          negated: node.negated,
          exit: 0,
        }
        add(look)
        emit(node.body, mode)
        add({ op: 'match' })
        look.exit = here()
        return
      }
      case 'atomic':
        emitAtomic(() => emit(node.body, mode))
        return
      case 'conditional': {
        const condition: Open<Instruction & { op: 'conditional' }> = {
          op: 'conditional',
          group: node.index,
          otherwise: 0,
        }
        add(condition)
        emit(node.yes, mode)
        const jump: Open<Instruction & { op: 'jump' }> = { op: 'jump', to: 0 }
        add(jump)
        condition.otherwise = here()
        if (node.no) emit(node.no, mode)
        jump.to = here()
      }
    }
  }

  function emitChoice(branches: readonly RegexNode[], mode: number): void {
    const jumps: Open<Instruction & { op: 'jump' }>[] = []
    for (const [index, branch] of branches.entries()) {
      if (index === branches.length - 1) {
        emit(branch, mode)
        break
      }
      const split: Open<Instruction & { op: 'split' }> = { op: 'split', first: 0, second: 0 }
      add(split)
      split.first = here()
      emit(branch, mode)
      const jump: Open<Instruction & { op: 'jump' }> = { op: 'jump', to: 0 }
      add(jump)
      jumps.push(jump)
      split.second = here()
    }
    for (const jump of jumps) jump.to = here()
  }

  function emitAtomic(emitBody: () => void): void {
    const atomic: Open<Instruction & { op: 'atomic' }> = { op: 'atomic', exit: 0 }
    add(atomic)
    emitBody()
    add({ op: 'match' })
    atomic.exit = here()
  }

  function emitRepeat(node: RegexNode & { kind: 'repeat' }, mode: number): void {
    const { least, most, body } = node
    const test = oneCharacter(body, mode, isBytes)
    if (test) {
      add({ op: 'run', test, least, most, mode: node.mode })
      return
    }
    if (node.mode === 'possessive') emitAtomic(() => emitLoop(node, mode))
    else emitLoop(node, mode)
  }

  function emitLoop({ least, most, mode: kind, body }: RegexNode & { kind: 'repeat' }, mode: number): void {
    const register = registers
    registers += 2
    add({ op: 'loop-start', register })
    const loop: Open<Instruction & { op: 'loop' }> = {
      op: 'loop',
      register,
      least,
      most,
      lazy: kind === 'lazy',
      body: 0,
      exit: 0,
    }
    const at = add(loop)
    loop.body = here()
    emit(body, mode)
    add({ op: 'jump', to: at })
    loop.exit = here()
  }

  emit(body, flags)
  add({ op: 'match' })
  return {
    instructions,
    isBytes,
    flags,
    flagNames: flagNames(flags),
    groups,
    names,
    registers,
    ...startOf(instructions),
    sameLetter: (a, b) => lettersOf(a, flags | flag.ignoreCase, isBytes).includes(b),
  }
}

// A test for what is exactly one character wide and captures nothing.
function oneCharacter(node: RegexNode, mode: number, isBytes: boolean): PointTest | undefined {
  switch (node.kind) {
    case 'char': {
      const letters = lettersOf(node.point, mode, isBytes)
      return letters.length === 1 ? (point) => point === letters[0] : (point) => letters.includes(point)
    }
    case 'any':
      return mode & flag.dotAll ? () => true : (point) => point !== 10
    case 'set':
      return setTest(node.items, node.negated, mode, isBytes)
    case 'group':
      return node.index === undefined
        ? oneCharacter(node.body, combineFlags(mode, node.add, node.remove), isBytes)
        : undefined
    default:
      return undefined
  }
}

function combineFlags(flags: number, add: number, remove: number): number {
  const kinds = flag.ascii | flag.locale | flag.unicode
  return ((add & kinds ? flags & ~kinds : flags) | add) & ~remove
}

function startOf(instructions: readonly Instruction[]): Pick<Program, 'firstPoint' | 'onlyAtStart'> {
  const first = instructions.find(({ op }) => op !== 'save')
  const onlyAtStart = first?.op === 'anchor' && (first.anchor === 'A' || (first.anchor === '^' && !first.multiline))
  return { firstPoint: first?.op === 'char' ? first.point : undefined, onlyAtStart }
}

const names: readonly (readonly [number, string])[] = [
  [flag.ignoreCase, 'IGNORECASE'],
  [flag.multiline, 'MULTILINE'],
  [flag.dotAll, 'DOTALL'],
  [flag.verbose, 'VERBOSE'],
  [flag.ascii, 'ASCII'],
]

function flagNames(flags: number): string[] {
  return names.filter(([bit]) => flags & bit).map(([, name]) => name)
}

/** The flags that a value given for `flags` stands for. */
export function flagsFrom(value: bigint): number {
  if (value < 0n || value > 0xffffn) throw raise('ValueError', 'bad flags')
  return Number(value)
}
