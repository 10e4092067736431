import { StringDecoder } from 'node:string_decoder'
import type { Keyboard } from '../login/prompt.ts'

/** What lines are read from. */
export type LineSource = Omit<Keyboard, 'isTTY' | 'setRawMode'>

/** Reads a line at a time, and holds on to the stream only while somebody waits for one. Undefined at its end. */
export function createLineReader(source: LineSource): (signal: AbortSignal) => Promise<string | undefined> {
  const decoder = new StringDecoder()
  let text = ''
  let isOver = false

  function take(): string | undefined {
    const end = text.indexOf('\n')
    if (end < 0 && !(isOver && text !== '')) return undefined
    const line = end < 0 ? text : text.slice(0, end)
    text = end < 0 ? '' : text.slice(end + 1)
    return line.replace(/\r$/, '')
  }
  return (signal) =>
    new Promise((resolve) => {
      const onData = (chunk: Buffer) => {
        text += decoder.write(chunk)
        look()
      }
      const onEnd = () => {
        isOver = true
        look()
      }
      const look = () => {
        const line = take()
        if (line === undefined && !isOver && !signal.aborted) return
        source.off('data', onData)
        source.off('end', onEnd)
        signal.removeEventListener('abort', look)
        source.pause()
        resolve(line)
      }
      source.on('data', onData)
      source.on('end', onEnd)
      signal.addEventListener('abort', look, { once: true })
      source.resume()
      look()
    })
}
