// What Python's IGNORECASE takes for one letter, where that is more than a small letter and its capital.
const families: readonly (readonly number[])[] = [
  [0x0049, 0x0069, 0x0130, 0x0131],
  [0x004b, 0x006b, 0x212a],
  [0x0053, 0x0073, 0x017f],
  [0x00b5, 0x039c, 0x03bc],
  [0x00c5, 0x00e5, 0x212b],
  [0x00df, 0x1e9e],
  [0x01c4, 0x01c5, 0x01c6],
  [0x01c7, 0x01c8, 0x01c9],
  [0x01ca, 0x01cb, 0x01cc],
  [0x01f1, 0x01f2, 0x01f3],
  [0x0345, 0x0399, 0x03b9, 0x1fbe],
  [0x0390, 0x1fd3],
  [0x0392, 0x03b2, 0x03d0],
  [0x0395, 0x03b5, 0x03f5],
  [0x0398, 0x03b8, 0x03d1, 0x03f4],
  [0x039a, 0x03ba, 0x03f0],
  [0x03a0, 0x03c0, 0x03d6],
  [0x03a1, 0x03c1, 0x03f1],
  [0x03a3, 0x03c2, 0x03c3],
  [0x03a6, 0x03c6, 0x03d5],
  [0x03a9, 0x03c9, 0x2126],
  [0x03b0, 0x1fe3],
  [0x0412, 0x0432, 0x1c80],
  [0x0414, 0x0434, 0x1c81],
  [0x041e, 0x043e, 0x1c82],
  [0x0421, 0x0441, 0x1c83],
  [0x0422, 0x0442, 0x1c84, 0x1c85],
  [0x042a, 0x044a, 0x1c86],
  [0x0462, 0x0463, 0x1c87],
  [0x1c88, 0xa64a, 0xa64b],
  [0x1e60, 0x1e61, 0x1e9b],
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
  [0xfb05, 0xfb06],
]

const familyOf = new Map(families.flatMap((family) => family.map((point) => [point, family] as const)))

/** All code points that IGNORECASE takes for this one, itself included. */
export function sameLetters(point: number): readonly number[] {
  if (point < 128 && !isLetter(point)) return [point]
  const family = familyOf.get(point)
  if (family) return family
  // Greek letters with a iota below: the capitals are eight further on.
  if (point >= 0x1f80 && point <= 0x1faf) return [point, point ^ 8]
  const character = String.fromCodePoint(point)
  for (const other of [character.toLowerCase(), character.toUpperCase()]) {
    const isPair = other !== character && (other.toLowerCase() === character || other.toUpperCase() === character)
    const [only, more] = other
    if (isPair && only !== undefined && more === undefined) return [point, other.codePointAt(0) ?? 0]
  }
  return [point]
}

/** The same for bytes, and for the ASCII flag. */
export function sameAsciiLetters(point: number): readonly number[] {
  return point < 128 && isLetter(point) ? [point, point ^ 32] : [point]
}

function isLetter(point: number): boolean {
  return (point >= 65 && point <= 90) || (point >= 97 && point <= 122)
}
