import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createLineReader } from './read-line.ts'

const { signal } = new AbortController()

describe('createLineReader', () => {
  it('reads a line at a time, however they come', async () => {
    const source = new PassThrough()
    const read = createLineReader(source)
    source.write('on')
    const first = read(signal)
    source.write('e\r\nt\xc3')
    expect(await first).toBe('one')
    const second = read(signal)
    source.write('wo\nthree')
    expect(await second).toBe('tÃwo')
    source.end()
    expect(await read(signal)).toBe('three')
    expect(await read(signal)).toBeUndefined()
  })

  it('waits no longer than the run goes on', async () => {
    const over = new AbortController()
    const answer = createLineReader(new PassThrough())(over.signal)
    over.abort()
    expect(await answer).toBeUndefined()
  })
})
