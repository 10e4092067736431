import { protocolError } from './errors.ts'

/** Takes a literal piece by piece instead of having it held in memory. */
export interface LiteralReceiver {
  chunk(bytes: Buffer): void
}

/** Hears what the splitter finds. */
export interface ResponseSink {
  /** One whole response as latin1, its literals replaced by their `{n}`; those that were received elsewhere are undefined. */
  response(text: string, literals: readonly (Buffer | undefined)[]): void
  /** A literal is about to come. Answer a receiver, or undefined to have it held. */
  literal(textSoFar: string, size: number): LiteralReceiver | undefined
}

/** What a server may make us hold. */
export interface SplitterLimits {
  readonly line: number
  readonly literal: number
}

export const defaultLimits: SplitterLimits = { line: 64 * 1024 * 1024, literal: 512 * 1024 * 1024 }

const lf = 10
const cr = 13
const openBrace = 123
const closeBrace = 125
const noLiterals: readonly Buffer[] = []

/**
 * Cuts a stream of octets into responses (RFC 9051, 7 and 4.3): lines, and literals counted in their `{n}`.
 *
 * `push` takes chunks cut anywhere. It throws `imap/protocol` for what exceeds the limits and is of no use afterwards.
 */
export function createResponseSplitter(
  sink: ResponseSink,
  limits: SplitterLimits = defaultLimits,
): {
  push(chunk: Buffer): void
} {
  /** Pieces of the line under way, from earlier chunks. */
  let pieces: Buffer[] = []
  let piecesLength = 0
  /** Text of the response under way, up to its last literal. */
  let text = ''
  let literals: (Buffer | undefined)[] = []
  /** The literal under way. */
  let missing = 0
  let held: Buffer | undefined
  let receiver: LiteralReceiver | undefined

  return {
    push(chunk) {
      let at = 0
      while (at < chunk.length) {
        if (missing > 0) {
          at = takeLiteral(chunk, at)
          continue
        }
        const end = chunk.indexOf(lf, at)
        if (end === -1) {
          keep(at === 0 ? chunk : chunk.subarray(at))
          return
        }
        at = endLine(chunk, at, end)
      }
    },
  }

  function keep(piece: Buffer): void {
    pieces.push(piece)
    piecesLength += piece.length
    if (piecesLength + text.length > limits.line) throw protocolError('a line without an end')
  }

  /** Ends the line at `end`, and answers where to go on: past the literal it may announce, if that is here whole. */
  function endLine(chunk: Buffer, start: number, end: number): number {
    let line = chunk
    let from = start
    let to = end
    if (pieces.length > 0) {
      keep(chunk.subarray(start, end))
      line = Buffer.concat(pieces, piecesLength)
      from = 0
      to = line.length
      pieces = []
      piecesLength = 0
    }
    if (to > from && line[to - 1] === cr) to--
    if (text.length + to - from > limits.line) throw protocolError('a response without an end')
    const size = line[to - 1] === closeBrace && mayHoldLiterals(line, from) ? announcedSize(line, from, to) : -1
    if (text !== '') text += line.toString('latin1', from, to)
    if (size === -1) {
      const whole = text === '' ? line.toString('latin1', from, to) : text
      const taken = literals
      text = ''
      if (taken.length === 0) {
        if (whole !== '') sink.response(whole, noLiterals)
      } else {
        literals = []
        sink.response(whole, taken)
      }
      return end + 1
    }
    if (text === '') text = line.toString('latin1', from, to)
    return beginLiteral(chunk, end + 1, size)
  }

  function beginLiteral(chunk: Buffer, at: number, size: number): number {
    if (literals.length >= 10_000) throw protocolError('a response of too many literals')
    receiver = sink.literal(text, size)
    if (receiver === undefined) {
      if (size > limits.literal) throw protocolError(`a literal of ${size} octets`)
      if (at + size <= chunk.length) {
        literals.push(chunk.subarray(at, at + size))
        return at + size
      }
      held = Buffer.allocUnsafe(size)
    }
    missing = size
    if (size === 0) endLiteral()
    return at
  }

  function takeLiteral(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + missing)
    if (held) chunk.copy(held, held.length - missing, at, end)
    else receiver?.chunk(chunk.subarray(at, end))
    missing -= end - at
    if (missing === 0) endLiteral()
    return end
  }

  function endLiteral(): void {
    literals.push(held)
    held = undefined
    receiver = undefined
  }

  // The text of a status response is free: one that ends in "{5}" announces nothing.
  function mayHoldLiterals(line: Buffer, from: number): boolean {
    if (text !== '') return true
    let at = from
    while (line[at] === 32) at++
    if (line[at] !== 42) return false
    return !/^\* +(?:OK|NO|BAD|BYE|PREAUTH)\b/i.test(line.toString('latin1', at, at + 16))
  }
}

/** The number in a `{n}`, `{n+}` or `~{n}` at the end of a line, or -1. */
function announcedSize(line: Buffer, from: number, to: number): number {
  let at = to - 2
  if (line[at] === 43) at--
  let size = 0
  let factor = 1
  const lastDigit = at
  for (; at >= from; at--) {
    const digit = line[at]! - 48
    if (digit < 0 || digit > 9) break
    size += digit * factor
    factor *= 10
  }
  return line[at] === openBrace && at < lastDigit && lastDigit - at <= 15 ? size : -1
}
