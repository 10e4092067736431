/** A text that shows as `[secret]` wherever it is printed; only `reveal` gives it away. */
export interface Secret {
  reveal(): string
  toString(): '[secret]'
  toJSON(): '[secret]'
}

const shown = '[secret]'

/** Wraps a password so that printing, logging or serialising it shows `[secret]`. */
export function createSecret(text: string): Secret {
  return Object.freeze({
    reveal: () => text,
    toString: () => shown as '[secret]',
    toJSON: () => shown as '[secret]',
    [Symbol.toPrimitive]: () => shown,
    // What console.log and util.inspect ask for; the global symbol needs no import.
    [Symbol.for('nodejs.util.inspect.custom')]: () => shown,
  })
}
