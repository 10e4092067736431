import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createByteQueue } from './byte-queue.ts'

const octets = fc.array(fc.constantFrom(13, 10, 97, 0, 255), { maxLength: 40 }).map((values) => Buffer.from(values))

describe('byte queue', () => {
  it('gives the same lines however the octets are cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(octets, { maxLength: 10 }), (chunks) => {
        const queue = createByteQueue()
        const lines: string[] = []
        for (const chunk of chunks) {
          queue.push(chunk)
          for (let line = queue.takeLine(); line !== undefined; line = queue.takeLine()) lines.push(line)
        }
        const expected = Buffer.concat(chunks).toString('latin1').split('\n').slice(0, -1)
        expect(lines).toEqual(expected.map((line) => line.replace(/\r$/, '')))
      }),
    )
  })

  it('gives exactly the octets that are asked for, between lines', () => {
    fc.assert(
      fc.property(octets, fc.nat(60), (literal, cut) => {
        const whole = Buffer.concat([Buffer.from('first\r\n'), literal, Buffer.from('rest\r\n')])
        const queue = createByteQueue()
        queue.push(whole.subarray(0, Math.min(cut, whole.length)))
        queue.push(whole.subarray(Math.min(cut, whole.length)))
        expect(queue.takeLine()).toBe('first')
        expect(queue.take(literal.length)).toEqual(literal)
        expect(queue.takeLine()).toBe('rest')
        expect(queue.length).toBe(0)
      }),
    )
  })

  it('waits for what is not there yet', () => {
    const queue = createByteQueue()
    queue.push(Buffer.from('half'))
    expect(queue.takeLine()).toBeUndefined()
    expect(queue.take(5)).toBeUndefined()
    queue.push(Buffer.from(' a line\n'))
    expect(queue.takeLine()).toBe('half a line')
  })
})
