import { describe, expect, it } from 'vitest'
import { compare } from '../test/compare.ts'
import { askPython, whyNoPython } from '../test/python3.ts'

const missing = whyNoPython()

// A sample of all characters, and all that have a case or are numbers of some kind, less those that Unicode changed
// between the version of the oldest Python and that of Node.
const program = `
import re, unicodedata
changed = '\\u019b\\u0264\\u0295\\ua7d3\\ua7d5\\ua7f2\\ua7f3\\ua7f4'
def wanted(c):
    k = unicodedata.category(c) if c not in changed else 'Cn'
    return k not in ('Cn', 'Co', 'Cs') and (ord(c) % 97 == 0 or k in ('Lu', 'Ll', 'Lt', 'Nl', 'No', 'Nd', 'Mn', 'Zs', 'Cf', 'Sk'))
chosen = [chr(p) for p in range(0x110000) if wanted(chr(p))]
`

const describeCharacter = `
import re
def about(text):
    return [[c.lower(), c.upper(), c.title(), c.casefold(), c.swapcase(), c.capitalize(), ('a' + c + 'B').title(),
             [c.isupper(), c.islower(), c.istitle(), c.isalpha(), c.isalnum(), c.isdigit(), c.isdecimal(), c.isnumeric(),
              c.isspace(), c.isidentifier(), c.isprintable()],
             [bool(re.match(p, c)) for p in [r'\\w', r'\\d', r'\\s']],
             [bool(re.match(x, c, re.I)) for x in [c.lower()[:1], c.upper()[:1], '[a-z]', '[^k]', '[α-ω]', '[À-Þ]']]] for c in text]
`

describe('every character', () => {
  it('has the case, kind and number that Python knows', { timeout: 120_000 }, (ctx) => {
    if (missing) ctx.skip(missing)
    const [answer] = askPython([{ program, expression: "''.join(c for c in chosen if c not in '\\n\\t')" }])
    if (!answer || !('value' in answer)) throw new Error('python3 did not list its characters')
    const characters = Array.from(answer.value.slice(1, -1).replace(/\\(x..|u....|U........|.)/g, ' '))
    const chunks: string[] = []
    for (let at = 0; at < characters.length; at += 200) {
      const points = characters
        .slice(at, at + 200)
        .map((character) => `\\U${character.codePointAt(0)?.toString(16).padStart(8, '0')}`)
      chunks.push(`about('${points.join('')}')`)
    }
    const { differences, declined } = compare(describeCharacter, chunks)
    expect(differences).toEqual([])
    expect(declined).toEqual([])
    expect(characters.length).toBeGreaterThan(5000)
  })
})
