import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCrlfConverter, createLfConverter, toCrlf, toLf } from './line-ends.ts'

const bytes = fc.array(fc.constantFrom(13, 10, 97, 0, 255), { maxLength: 40 }).map((octets) => Uint8Array.from(octets))
const latin1 = (value: Uint8Array) => Buffer.from(value).toString('latin1')

function inChunks(value: Uint8Array, cuts: readonly number[], convert: (chunk: Uint8Array) => Uint8Array): Buffer {
  const edges = [0, ...cuts.map((cut) => cut % (value.length + 1)).sort((a, b) => a - b), value.length]
  return Buffer.concat(edges.slice(1).map((end, index) => convert(value.subarray(edges[index], end))))
}

describe('line ends', () => {
  it('to Unix form replaces CRLF and nothing else', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(latin1(toLf(value))).toBe(latin1(value).replaceAll('\r\n', '\n'))
      }),
    )
  })

  it('to wire form replaces bare LF and nothing else', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(latin1(toCrlf(value))).toBe(latin1(value).replace(/(?<!\r)\n/g, '\r\n'))
      }),
    )
  })

  it('do not depend on where the chunks are cut', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 6 }), (value, cuts) => {
        const lf = createLfConverter()
        expect(latin1(Buffer.concat([inChunks(value, cuts, lf.push), lf.end()]))).toBe(latin1(toLf(value)))
        expect(latin1(inChunks(value, cuts, createCrlfConverter()))).toBe(latin1(toCrlf(value)))
      }),
    )
  })
})
