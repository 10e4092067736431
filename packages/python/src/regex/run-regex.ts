import type { Runtime } from '../runtime.ts'
import { isWord } from './point-test.ts'
import { lastGroupRegister, type Program } from './program.ts'

/** What to match in: code points, and the end of the stretch that counts as the text. */
export interface Haystack {
  readonly points: readonly number[] | Uint8Array
  readonly end: number
}

/** A matcher for one program and one text. */
export interface RegexRun {
  /**
   * Tries to match at one place. Answers start and end of each group, -1 for those that took no part, and then the
   * last group closed.
   */
  matchAt(at: number, demand: 'any' | 'whole' | 'not-empty'): readonly number[] | undefined
  /** Charges for the work since the last time. */
  pay(): void
}

// Kinds of frames on the stack of what to try next, four numbers each.
const branch = 0 // step, position
const restore = 1 // register, value
const greedyRun = 2 // step, position, least position
const lazyRun = 3 // step, position, repetitions left
const lazyLoop = 4 // step, position
const frameSize = 4

/**
 * A backtracking matcher with a stack of its own: what it does is counted step by step and charged to the
 * evaluation, so that an expression which would take for ever is stopped like any other endless program.
 */
export function createRegexRun(runtime: Runtime, program: Program, { points, end }: Haystack): RegexRun {
  const { instructions } = program
  // A match that fails leaves them as it found them.
  const registers = new Array<number>(program.registers).fill(-1)
  const lastGroup = lastGroupRegister(program.groups)
  const stack: number[] = []
  let steps = 0

  function pay(): void {
    runtime.spend(steps >> 2)
    runtime.fits(stack.length >> 2)
    steps = 0
  }

  function set(register: number, value: number): void {
    stack.push(restore, register, registers[register]!, 0)
    registers[register] = value
  }

  function isBoundary(at: number, ascii: boolean): boolean {
    const before = at > 0 && isWord(points[at - 1]!, ascii)
    const after = at < end && isWord(points[at]!, ascii)
    return before !== after
  }

  function holds(anchor: string, multiline: boolean, ascii: boolean, at: number): boolean {
    switch (anchor) {
      case '^':
        return at === 0 || (multiline && points[at - 1] === 10)
      case '$':
        if (at === end) return true
        return points[at] === 10 && (multiline || at === end - 1)
      case 'A':
        return at === 0
      case 'Z':
        return at === end
      case 'b':
        return end > 0 && isBoundary(at, ascii)
      default:
        // CPython finds no \B in an empty text either.
        return end > 0 && !isBoundary(at, ascii)
    }
  }

  // Drops the choices above a mark but keeps what is to be restored below it.
  function commit(base: number): void {
    let to = base
    for (let at = base; at < stack.length; at += frameSize) {
      if (stack[at] !== restore) continue
      for (let offset = 0; offset < frameSize; offset++) stack[to + offset] = stack[at + offset]!
      to += frameSize
    }
    stack.length = to
  }

  function unwind(base: number): void {
    while (stack.length > base) {
      if (stack.at(-frameSize) === restore) registers[stack.at(-3)!] = stack.at(-2)!
      stack.length -= frameSize
    }
  }

  // Runs from a step to the `match` that ends it. Answers the position reached, or -1.
  function run(start: number, startAt: number, isWhole: boolean, mustAdvance: boolean): number {
    const base = stack.length
    let pc = start
    let at = startAt
    for (;;) {
      if (++steps > 4096) pay()
      const step = instructions[pc]!
      let ok = true
      switch (step.op) {
        case 'char':
          ok = at < end && points[at] === step.point
          at++
          pc++
          break
        case 'test':
          ok = at < end && step.test(points[at]!)
          at++
          pc++
          break
        case 'match':
          ok = !(isWhole && at !== end) && !(mustAdvance && at === startAt)
          if (ok) return at
          break
        case 'fail':
          ok = false
          break
        case 'anchor':
          ok = holds(step.anchor, step.multiline, step.ascii, at)
          pc++
          break
        case 'split':
          stack.push(branch, step.second, at, 0)
          pc = step.first
          break
        case 'jump':
          pc = step.to
          break
        case 'save':
          set(step.slot, at)
          if (step.slot % 2 === 1) set(lastGroup, step.slot >> 1)
          pc++
          break
        case 'reference': {
          const opened = registers[step.group * 2]!
          const length = registers[step.group * 2 + 1]! - opened
          ok = opened >= 0 && length >= 0 && at + length <= end
          for (let offset = 0; ok && offset < length; offset++) {
            const [a, b] = [points[opened + offset]!, points[at + offset]!]
            ok = a === b || (step.ignoreCase && program.sameLetter(a, b))
          }
          steps += ok ? length : 0
          at += length
          pc++
          break
        }
        case 'run': {
          const room = Math.min(step.most, end - at)
          const wanted = step.mode === 'lazy' ? Math.min(step.least, room) : room
          let count = 0
          while (count < wanted && step.test(points[at + count]!)) count++
          steps += count
          ok = count >= step.least
          if (ok && step.mode === 'greedy' && count > step.least) {
            stack.push(greedyRun, pc + 1, at + count, at + step.least)
          } else if (ok && step.mode === 'lazy' && room > count) {
            stack.push(lazyRun, pc, at + count, room - count)
          }
          at += count
          pc++
          break
        }
        case 'loop-start':
          set(step.register, 0)
          set(step.register + 1, -1)
          pc++
          break
        case 'loop': {
          const count = registers[step.register]!
          if (count < step.least) {
            set(step.register, count + 1)
            pc = step.body
          } else if (step.lazy) {
            stack.push(lazyLoop, pc, at, 0)
            pc = step.exit
          } else if (count < step.most && registers[step.register + 1] !== at) {
            // After an empty round there is no further one.
            stack.push(branch, step.exit, at, 0)
            set(step.register, count + 1)
            set(step.register + 1, at)
            pc = step.body
          } else pc = step.exit
          break
        }
        case 'look': {
          const begin = step.width === undefined ? at : at - step.width
          const mark = stack.length
          const found = begin >= 0 && run(pc + 1, begin, false, false) >= 0
          if (step.negated) unwind(mark)
          else if (found) commit(mark)
          ok = found !== step.negated
          pc = step.exit
          break
        }
        case 'atomic': {
          const mark = stack.length
          const reached = run(pc + 1, at, false, false)
          ok = reached >= 0
          if (ok) commit(mark)
          at = reached
          pc = step.exit
          break
        }
        case 'conditional':
          pc = registers[step.group * 2 + 1]! >= 0 ? pc + 1 : step.otherwise
          break
      }
      if (ok) continue
      // Takes up the last choice that was left open.
      for (;;) {
        if (stack.length === base) return -1
        steps++
        const b = stack.pop()!
        const position = stack.pop()!
        const a = stack.pop()!
        const kind = stack.pop()!
        if (kind === restore) {
          registers[a] = position
          continue
        }
        pc = a
        at = position
        if (kind === branch) break
        if (kind === greedyRun) {
          at = position - 1
          if (at > b) stack.push(greedyRun, a, at, b)
          break
        }
        if (kind === lazyRun) {
          const run = instructions[a] as Extract<(typeof instructions)[number], { op: 'run' }>
          if (!run.test(points[position]!)) continue
          at = position + 1
          if (b > 1) stack.push(lazyRun, a, at, b - 1)
          pc = a + 1
          break
        }
        const loop = instructions[a] as Extract<(typeof instructions)[number], { op: 'loop' }>
        const count = registers[loop.register]!
        if (count >= loop.most || registers[loop.register + 1] === position) continue
        set(loop.register, count + 1)
        set(loop.register + 1, position)
        pc = loop.body
        break
      }
    }
  }

  return {
    matchAt(at, demand) {
      const reached = run(0, at, demand === 'whole', demand === 'not-empty')
      if (reached < 0) return undefined
      const spans = registers.slice(0, lastGroup + 1)
      spans[0] = at
      spans[1] = reached
      registers.fill(-1)
      stack.length = 0
      return spans
    },
    pay,
  }
}
