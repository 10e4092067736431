import { raiseAbout } from '../values/raised.ts'

/** Reads a pattern token by token: a token is a character, or a backslash with the one after it. */
export interface PatternSource {
  readonly isBytes: boolean
  readonly position: number
  /** The token that comes next; undefined at the end. */
  readonly next: string | undefined
  take(): string | undefined
  /** Takes the next token if it is this one. */
  accept(token: string): boolean
  /** Takes up to so many tokens for as long as they fit. */
  takeWhile(most: number, fits: RegExp): string
  /** Takes everything up to a token, which is taken as well and left out. */
  takeUntil(end: string, what: string): string
  seek(position: number): void
}

/** A source of a pattern's tokens. */
export function patternSource(text: string, isBytes: boolean): PatternSource {
  const characters = isBytes ? text.split('') : [...text]
  let position = 0
  const tokenAt = (at: number): string | undefined => {
    const character = characters[at]
    if (character !== '\\') return character
    const escaped = characters[at + 1]
    if (escaped === undefined) throw regexError('bad escape (end of pattern)', at)
    return character + escaped
  }
  const source: PatternSource = {
    isBytes,
    get position() {
      return position
    },
    get next() {
      return tokenAt(position)
    },
    take() {
      const token = tokenAt(position)
      if (token !== undefined) position += token.startsWith('\\') ? 2 : 1
      return token
    },
    accept(token) {
      if (source.next !== token) return false
      source.take()
      return true
    },
    takeWhile(most, fits) {
      let taken = ''
      for (let left = most; left > 0 && source.next !== undefined && fits.test(source.next); left--)
        taken += source.take()
      return taken
    },
    takeUntil(end, what) {
      let taken = ''
      for (;;) {
        const token = source.take()
        if (token === undefined) {
          throw regexError(taken === '' ? `missing ${what}` : `missing ${end}, unterminated name`, position)
        }
        if (token === end) {
          if (taken === '') throw regexError(`missing ${what}`, position)
          return taken
        }
        taken += token
      }
    },
    seek(to) {
      position = to
    },
  }
  return source
}

/** The exception `re.error`. */
export function regexError(message: string, position?: number): Error {
  const full = position === undefined ? message : `${message} at position ${position}`
  return raiseAbout('error', 'a regular expression that cannot be read', full)
}
