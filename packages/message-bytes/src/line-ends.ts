const CR = 13
const LF = 10

/** Turns chunks of one form into chunks of another; call with every chunk in order. */
export type ChunkConverter = (chunk: Uint8Array) => Uint8Array

/**
 * Wire form to Unix form: CRLF becomes LF; a lone CR or LF stays as it is. `end` gives what was held back,
 * which is a CR that turned out to be the last octet.
 */
export function createLfConverter(): { readonly push: ChunkConverter; readonly end: () => Uint8Array } {
  let heldCr = false
  return {
    push(chunk) {
      if (chunk.length === 0) return chunk
      if (!heldCr && !chunk.includes(CR)) return chunk
      const out = new Uint8Array(chunk.length + 1)
      let length = 0
      if (heldCr && chunk[0] !== LF) out[length++] = CR
      heldCr = false
      let start = 0
      for (let cr = chunk.indexOf(CR); cr !== -1; cr = chunk.indexOf(CR, cr + 1)) {
        if (cr === chunk.length - 1) {
          heldCr = true
        } else if (chunk[cr + 1] !== LF) {
          continue
        }
        out.set(chunk.subarray(start, cr), length)
        length += cr - start
        start = cr + 1
      }
      out.set(chunk.subarray(start), length)
      length += chunk.length - start
      return out.subarray(0, length)
    },
    end() {
      return heldCr ? Uint8Array.of(CR) : new Uint8Array(0)
    },
  }
}

/** Unix form to wire form: an LF that follows no CR becomes CRLF; all else stays as it is. */
export function createCrlfConverter(): ChunkConverter {
  let afterCr = false
  return (chunk) => {
    const bare = countBareLf(chunk, afterCr)
    const wasAfterCr = afterCr
    if (chunk.length > 0) afterCr = chunk[chunk.length - 1] === CR
    if (bare === 0) return chunk
    const out = new Uint8Array(chunk.length + bare)
    let length = 0
    let start = 0
    for (let lf = chunk.indexOf(LF); lf !== -1; lf = chunk.indexOf(LF, lf + 1)) {
      if (lf === 0 ? wasAfterCr : chunk[lf - 1] === CR) continue
      out.set(chunk.subarray(start, lf), length)
      length += lf - start
      out[length++] = CR
      start = lf
    }
    out.set(chunk.subarray(start), length)
    return out
  }
}

/** A whole message in Unix form. */
export function toLf(bytes: Uint8Array): Uint8Array {
  const converter = createLfConverter()
  const converted = converter.push(bytes)
  const rest = converter.end()
  return rest.length === 0 ? converted : Buffer.concat([converted, rest])
}

/** A whole message in wire form. */
export function toCrlf(bytes: Uint8Array): Uint8Array {
  return createCrlfConverter()(bytes)
}

/** How many octets `toCrlf` would add, for a chunk that follows a CR or not. */
export function countBareLf(chunk: Uint8Array, afterCr = false): number {
  let count = 0
  for (let lf = chunk.indexOf(LF); lf !== -1; lf = chunk.indexOf(LF, lf + 1)) {
    if (lf === 0 ? !afterCr : chunk[lf - 1] !== CR) count++
  }
  return count
}
