// Python asks the Unicode database for a character's numeric type; JavaScript only knows its category. These are
// the digits that are no decimals, and the ideographs that have a numeric value.
const superscriptsAndTheLike =
  /[\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]/u
const numericIdeographs =
  /[\u3405\u3483\u382a\u3b4d\u4e00\u4e03\u4e07\u4e09\u4e5d\u4e8c\u4e94\u4e96\u4ebf\u4ec0\u4edf\u4ee8\u4f0d\u4f70\u5104\u5146\u5169\u516b\u516d\u5341\u5343-\u5345\u534c\u53c1-\u53c4\u56db\u58f1\u58f9\u5e7a\u5efe\u5eff\u5f0c-\u5f0e\u5f10\u62fe\u634c\u67d2\u6f06\u7396\u767e\u8086\u842c\u8cae\u8cb3\u8d30\u9621\u9646\u964c\u9678\u96f6\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}]/u

/** `str.isspace()` of one character, and the `\s` of regular expressions. */
export function isSpace(point: number): boolean {
  if (point < 128) return (point >= 9 && point <= 13) || (point >= 28 && point <= 32)
  return /[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u.test(String.fromCodePoint(point))
}

/** `str.isalnum()` of one character: letters and all kinds of numbers. */
export function isAlphanumeric(point: number): boolean {
  if (point < 128) return (point >= 48 && point <= 57) || isAsciiLetter(point)
  return /[\p{L}\p{N}]/u.test(String.fromCodePoint(point))
}

/** `str.isdecimal()` of one character, and the `\d` of regular expressions. */
export function isDecimal(point: number): boolean {
  return point < 128 ? point >= 48 && point <= 57 : /\p{Nd}/u.test(String.fromCodePoint(point))
}

/** Whether a code point is one of the 52 letters of ASCII. */
export function isAsciiLetter(point: number): boolean {
  return (point >= 65 && point <= 90) || (point >= 97 && point <= 122)
}

/** `str.isdigit()` of one character. */
export function isDigit(character: string): boolean {
  return /\p{Nd}/u.test(character) || superscriptsAndTheLike.test(character)
}

/** `str.isnumeric()` of one character. */
export function isNumeric(character: string): boolean {
  return /\p{N}/u.test(character) || numericIdeographs.test(character)
}

/** The value of a decimal digit of any script. */
export function decimalValue(point: number): number {
  let first = point
  while (isDecimal(first - 1)) first--
  // The digits of a script are ten code points in a row, and scripts may follow one another without a gap.
  return (point - first) % 10
}

/** `str.isprintable()` of one character. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !/[\p{C}\p{Z}]/u.test(character)
}
