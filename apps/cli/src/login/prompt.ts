import { StringDecoder } from 'node:string_decoder'
import { createSecret, type Secret } from '@mailtide/contracts'
import { createGate } from '../run/gate.ts'

/** What a password is asked for. */
export interface PromptSubject {
  readonly account: string
  readonly user: string | undefined
  /** The server refused the last answer. */
  readonly refused: boolean
}

/** Asks whoever sits at the terminal for a password; programs are told the subject instead of the question. */
export type Prompt = (question: string, signal: AbortSignal, subject?: PromptSubject) => Promise<Secret | undefined>

/** Where keys come from. */
export interface Keyboard {
  readonly isTTY: boolean
  setRawMode(isRaw: boolean): unknown
  resume(): unknown
  pause(): unknown
  on(event: 'data' | 'end', listener: (chunk: Buffer) => void): unknown
  off(event: 'data' | 'end', listener: (chunk: Buffer) => void): unknown
}

/** What a prompt needs of a terminal. */
export interface Terminal {
  readonly input: Keyboard
  readonly output: Pick<NodeJS.WriteStream, 'write'>
  /** Ctrl-C, which a terminal in raw mode doesn't turn into a signal. */
  interrupt(): void
}

const endings: ReadonlyMap<string, 'entered' | 'interrupted' | 'over'> = new Map([
  ['\r', 'entered'],
  ['\n', 'entered'],
  ['\x03', 'interrupted'],
  ['\x04', 'over'],
])
const clearsLine = '\x15'

/** Asks one question at a time, without showing what is typed; undefined where nobody sits at a terminal. */
export function createPrompt({ input, output, interrupt }: Terminal): Prompt | undefined {
  if (!input.isTTY) return undefined
  const gate = createGate(1)
  return (question, signal) =>
    gate.pass(async () => {
      if (signal.aborted) return undefined
      output.write(question)
      const typed = await readHidden(signal)
      output.write('\n')
      if (typed === 'interrupted') interrupt()
      return typeof typed === 'object' && typed.text !== '' ? createSecret(typed.text) : undefined
    })

  function readHidden(signal: AbortSignal): Promise<{ readonly text: string } | 'interrupted' | 'over'> {
    return new Promise((resolve) => {
      const letters: string[] = []
      const decoder = new StringDecoder()
      function take(chunk: Buffer): void {
        for (const letter of decoder.write(chunk)) {
          const ending = endings.get(letter)
          if (ending) {
            end(ending === 'entered' ? { text: letters.join('') } : ending)
            return
          }
          if (letter === clearsLine) letters.length = 0
          else if (letter === '\x7f' || letter === '\b') letters.pop()
          else letters.push(letter)
        }
      }
      const stop = () => end('over')
      function end(result: { readonly text: string } | 'interrupted' | 'over'): void {
        input.off('data', take)
        input.off('end', stop)
        signal.removeEventListener('abort', stop)
        input.setRawMode(false)
        input.pause()
        resolve(result)
      }
      input.setRawMode(true)
      input.on('data', take)
      input.on('end', stop)
      signal.addEventListener('abort', stop, { once: true })
      input.resume()
    })
  }
}
