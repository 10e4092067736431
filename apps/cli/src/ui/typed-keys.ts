import { StringDecoder } from 'node:string_decoder'
import type { Keyboard } from '../login/prompt.ts'

/** What keys do while nobody is asked for anything. */
export interface KeyActions {
  key(letter: string): void
  /** Ctrl-C, which is no signal in raw mode. */
  interrupt(): void
}

/** The keyboard of a terminal whose raw mode somebody else keeps. */
export interface TypedKeys {
  /** For a prompt: while it reads, keys are its own. */
  readonly input: Keyboard
  /** Begins to listen; returns what ends it. */
  listen(): () => void
}

const interruption = '\x03'

/** Shares a keyboard between single keys and a prompt. */
export function createTypedKeys(source: Keyboard, { key, interrupt }: KeyActions): TypedKeys {
  const decoder = new StringDecoder()
  const readers = new Set<unknown>()

  function onKeys(chunk: Buffer): void {
    if (readers.size > 0) return
    // An escape begins what arrow and function keys send, which means nothing here.
    const letters = decoder.write(chunk)
    if (letters.startsWith('\x1b')) return
    for (const letter of letters) {
      if (letter === interruption) interrupt()
      else key(letter)
    }
  }
  const input: Keyboard = {
    isTTY: source.isTTY,
    setRawMode: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
    on(event, listener) {
      if (event === 'data') readers.add(listener)
      source.on(event, listener)
    },
    off(event, listener) {
      // The key that ended the answer still goes to all listeners of this chunk.
      if (event === 'data') queueMicrotask(() => readers.delete(listener))
      source.off(event, listener)
    },
  }
  return {
    input,
    listen() {
      source.on('data', onKeys)
      source.resume()
      return () => void source.off('data', onKeys)
    },
  }
}
