import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createPrompt, type Terminal } from './prompt.ts'

const { signal } = new AbortController()

/** A terminal at which somebody types. */
function terminal(isTTY = true) {
  const typed = new PassThrough()
  const log: string[] = []
  const input = Object.assign(typed, {
    isTTY,
    setRawMode: (isRaw: boolean) => log.push(isRaw ? 'raw' : 'cooked'),
  }) as unknown as Terminal['input']
  const output = { write: (text: string) => log.push(text) > 0 } as Terminal['output']
  return {
    log,
    type: (text: string) => typed.write(text),
    prompt: createPrompt({ input, output, interrupt: () => log.push('SIGINT') }),
  }
}

describe('createPrompt', () => {
  it('asks nobody where there is no terminal', () => {
    expect(terminal(false).prompt).toBeUndefined()
  })

  it('reads a line without showing it, and gives the terminal back', async () => {
    const { prompt, type, log } = terminal()
    const answer = prompt?.('Password: ', signal)
    type('päss')
    type('x\x7fword\r')
    expect((await answer)?.reveal()).toBe('pässword')
    expect(log).toEqual(['Password: ', 'raw', 'cooked', '\n'])
  })

  it('forgets the line on Ctrl-U', async () => {
    const { prompt, type } = terminal()
    const answer = prompt?.('Password: ', signal)
    type('wrong\x15right\n')
    expect((await answer)?.reveal()).toBe('right')
  })

  it.each([
    ['Ctrl-C', 'ab\x03', ['SIGINT']],
    ['Ctrl-D', 'ab\x04', []],
    ['an empty line', '\r', []],
  ])('answers nothing after %s', async (_, keys, more) => {
    const { prompt, type, log } = terminal()
    const answer = prompt?.('? ', signal)
    type(keys)
    expect(await answer).toBeUndefined()
    expect(log.slice(4)).toEqual(more)
  })

  it('asks one question after another', async () => {
    const { prompt, type, log } = terminal()
    const answers = [prompt?.('first? ', signal), prompt?.('second? ', signal)]
    type('1\r')
    await answers[0]
    type('2\r')
    expect((await answers[1])?.reveal()).toBe('2')
    expect(log.filter((line) => line.includes('?'))).toEqual(['first? ', 'second? '])
  })

  it('leaves the terminal alone once the run is over', async () => {
    const over = new AbortController()
    const { prompt, log } = terminal()
    const answer = prompt?.('? ', over.signal)
    await Promise.resolve()
    over.abort()
    expect(await answer).toBeUndefined()
    expect(log).toContain('cooked')
  })
})
