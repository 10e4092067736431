/** Chance that is the same on every machine and in every run. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  /** True in this share of all cases. */
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Log-normal: half of all values are below `median`; a bigger `spread` makes a longer tail. */
  logNormal(median: number, spread: number): number
  bytes(count: number): Buffer
}

/** A source of chance for this seed: the `sfc32` generator, which needs nothing but 32-bit sums and shifts. */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = 0xb7e15162 ^ seed
  let counter = 1
  const word = (): number => {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  // The seed reaches every bit of the state after a dozen words.
  for (let warmUp = 0; warmUp < 12; warmUp++) word()
  const next = () => word() / 2 ** 32
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick<T>(list: readonly T[]): T {
      const found = list[between(0, list.length - 1)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
    logNormal(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(spread * normal)
    },
    bytes(count) {
      const words = new Uint32Array(Math.ceil(count / 4))
      for (let index = 0; index < words.length; index++) words[index] = word()
      return Buffer.from(words.buffer, 0, count)
    },
  }
}
