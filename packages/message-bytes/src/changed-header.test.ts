import { type Body, wholeBodyLimit } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { bodyOf, isWhole } from './body.ts'
import { withChangedHeader } from './changed-header.ts'
import { withLabels } from './labels.ts'
import { withoutHeaders } from './without-headers.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const text = (value: Uint8Array) => Buffer.from(value).toString('latin1')

/** A body that says it is too big to be held, and comes in chunks: of this size first, larger ones later. */
function streamed(content: Buffer, headSize: number, chunkSize: number): Body {
  return {
    size: content.length,
    head: content.subarray(0, headSize),
    async *stream() {
      for (let at = 0, size = chunkSize; at < content.length; at += size) {
        size = at < 1000 ? chunkSize : 64 * 1024
        yield content.subarray(at, at + size)
      }
    },
  }
}

async function streamedText(body: Body): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body.stream()) chunks.push(chunk)
  const whole = text(Buffer.concat(chunks))
  expect(whole.length).toBe(body.size)
  expect(whole.startsWith(text(body.head))).toBe(true)
  return whole
}

describe('withoutHeaders', () => {
  it.each([
    {
      why: 'any case, folds along',
      head: 'A: 1\r\nX-B: 2\r\n 3\r\n\t4\r\nC: 5\r\nx-b:\r\n\r\nX-B: 6',
      after: 'A: 1\r\nC: 5\r\n\r\nX-B: 6',
    },
    { why: 'the first and the last', head: 'X-B: 1\nA: 1\nX-b: 2', after: 'A: 1\n' },
    { why: 'all there is', head: 'X-B: 1\r\n\r\nx', after: '\r\nx' },
    { why: 'a blank before the colon', head: 'X-B : 1\r\nA: 1\r\n\r\n', after: 'A: 1\r\n\r\n' },
    {
      why: 'nothing that only begins like it',
      head: 'X-B2: 1\r\nX-: 2\r\nX-B\r\n\r\n',
      after: 'X-B2: 1\r\nX-: 2\r\nX-B\r\n\r\n',
    },
  ])('removes $why', ({ head, after }) => {
    expect(text(withoutHeaders(bytes(head), ['x-B', 'Unmet']))).toBe(after)
  })

  it('gives the very bytes where there is nothing to remove', () => {
    const head = bytes('A: 1\r\n\r\n')
    expect(withoutHeaders(head, ['B'])).toBe(head)
  })
})

describe('withChangedHeader', () => {
  const header = 'A: 1\r\nX-B: 2\r\n 3\r\nC: 4\r\n'
  const rest = `\r\n${'x'.repeat(wholeBodyLimit)}`
  const content = bytes(header + rest)
  const drop = (head: Uint8Array) => withoutHeaders(head, ['x-b'])
  const label = (head: Uint8Array) => withLabels(head, 'X-B', ['n'])

  it('changes the header and nothing behind it', async () => {
    const body = await withChangedHeader(bodyOf(bytes(`${header}\r\nX-B: 5\r\n`)), drop)
    expect(isWhole(body)).toBe(true)
    expect(await streamedText(body)).toBe('A: 1\r\nC: 4\r\n\r\nX-B: 5\r\n')
  })

  it.each([1, 10, 11, header.length, 100_000])(
    'streams what is too big to be held, in chunks of %s octets',
    async (size) => {
      for (const head of [header.length + 2, header.length + 5, 64 * 1024]) {
        const dropped = await withChangedHeader(streamed(content, head, size), drop)
        expect(isWhole(dropped)).toBe(false)
        expect((await streamedText(dropped)) === `A: 1\r\nC: 4\r\n${rest}`).toBe(true)
        const labelled = await withChangedHeader(streamed(content, head, size), label)
        expect((await streamedText(labelled)) === `A: 1\r\nX-B: n\r\nC: 4\r\n${rest}`).toBe(true)
      }
    },
  )

  it('leaves alone what a head does not hold whole', async () => {
    for (let head = 0; head <= header.length + 2; head++) {
      const whole = await streamedText(await withChangedHeader(streamed(content, head, 100_000), drop))
      expect(whole.slice(0, -rest.length)).toBe(head <= header.indexOf('C:') ? header : 'A: 1\r\nC: 4\r\n')
    }
  })

  it('gives whole what shrinks to a size that is to come whole', async () => {
    const long = bytes(`X-B: ${'y'.repeat(100)}\r\n${rest.slice(0, -10)}`)
    const body = await withChangedHeader(streamed(long, 1000, 5000), drop)
    expect(isWhole(body)).toBe(true)
    expect((await streamedText(body)) === rest.slice(0, -10)).toBe(true)
  })

  it('gives the very body where nothing changes', async () => {
    const body = bodyOf(bytes('A: 1\r\n\r\n'))
    expect(await withChangedHeader(body, drop)).toBe(body)
  })

  it('keeps a body that grows beyond what is held', async () => {
    const body = await withChangedHeader(bodyOf(bytes(rest.slice(2))), label)
    expect((await streamedText(body)).length).toBe(wholeBodyLimit + 'X-B: n\r\n'.length)
  })
})
