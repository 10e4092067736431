import fc, { type Arbitrary } from 'fast-check'

/** One thing to ask `re`. */
export interface RegexCase {
  readonly pattern: string
  readonly flags: number
  readonly text: string
  readonly replacement: string
}

function template(strings: TemplateStringsArray, ...parts: Arbitrary<string>[]): Arbitrary<string> {
  return fc.tuple(...parts).map((texts) => strings.reduce((whole, string, index) => whole + texts[index - 1] + string))
}

const letters = fc.constantFrom(
  'a',
  'b',
  'A',
  'é',
  'É',
  'ß',
  'ſ',
  's',
  'K',
  'k',
  '1',
  '٣',
  ' ',
  '\n',
  '_',
  '-',
  '.',
  '😀',
  'İ',
  'ı',
  'i',
  'I',
  'Σ',
  'ς',
  'ǅ',
  'x',
  '\t',
  '/',
)

const element = fc.constantFrom(
  'a',
  'b',
  'c',
  'A',
  'é',
  'É',
  'k',
  'K',
  's',
  'ß',
  '😀',
  '1',
  '_',
  ' ',
  '\\.',
  '\\-',
  '\\/',
  '\\n',
  '\\t',
  '\\x61',
  '\\u00e9',
  '\\141',
  '\\0',
  '#',
)
const classes = fc.constantFrom(
  '.',
  '\\w',
  '\\W',
  '\\d',
  '\\D',
  '\\s',
  '\\S',
  '[ab]',
  '[^a]',
  '[a-f]',
  '[^\\w]',
  '[\\s-]',
  '[A-Z_]',
  '[]a]',
  '[^]a]',
  '[\\d.]',
  '[a\\]]',
  '[é-ü]',
  '[k-s]',
  '[\\x41-\\x5a]',
  '[a-]',
  '[😀-😂]',
  '[ ]',
)
const anchors = fc.constantFrom('^', '$', '\\b', '\\B', '\\A', '\\Z')
const times = fc.constantFrom(
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{0,2}?',
  '{,1}',
  '{1,}',
  '*+',
  '++',
  '?+',
  '{1,2}+',
  '{',
  '{a}',
  '{2,1}',
  '**',
)
const names = fc.constantFrom('n', 'm', 'año')

/** Patterns that Python takes, for the most part. */
export const patterns: Arbitrary<string> = fc.letrec<Record<string, string>>((tie) => {
  const one = tie('one')
  const all = tie('all')
  return {
    one: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'regex' },
      { arbitrary: element, weight: 6 },
      { arbitrary: classes, weight: 4 },
      { arbitrary: anchors, weight: 2 },
      { arbitrary: template`(${all})`, weight: 3 },
      { arbitrary: template`(?:${all})`, weight: 2 },
      template`(?P<${names}>${all})`,
      { arbitrary: fc.constantFrom('\\1', '\\2', '(?P=n)', '\\3'), weight: 2 },
      template`(${fc.constantFrom('?=', '?!', '?<=', '?<!', '?>')}${all})`,
      template`(?${fc.constantFrom('i', 'm', 's', 'x', 'a', 'im', '-i', 'i-s', 'u')}:${all})`,
      template`(?(${fc.constantFrom('1', 'n', '2')})${all}|${all})`,
      template`(?(1)${all})`,
      fc.constantFrom('(?#c)', '(?!)', '()', '(?:)', '|'),
    ),
    repeated: fc.oneof({ arbitrary: one, weight: 2 }, template`${one}${times}`),
    all: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'regex' },
      tie('repeated'),
      template`${tie('repeated')}${tie('repeated')}`,
      template`${tie('repeated')}${tie('repeated')}${tie('repeated')}`,
      template`${tie('repeated')}|${tie('repeated')}`,
    ),
    top: fc.oneof(
      { arbitrary: all, weight: 6 },
      template`(?${fc.constantFrom('i', 's', 'm', 'x', 'a', 'ix')})${all}`,
      template`${all}${fc.constantFrom('(?i)', ')', '(', '[', '\\', '\\q', '(?P<n', '(?<', '{3}')}`,
    ),
  }
})['top'] as Arbitrary<string>

const replacements = fc
  .oneof(
    { arbitrary: fc.constantFrom(['-'], ['x', '\\g<0>'], ['\\\\', '\\n'], []), weight: 5 },
    fc.array(
      fc.constantFrom(
        'x',
        '\\1',
        '\\g<0>',
        '\\g<n>',
        '\\2',
        '\\n',
        '\\\\',
        '\\.',
        '-',
        '\\0',
        '\\141',
        '\\q',
        '\\g<1>',
      ),
      { maxLength: 3 },
    ),
  )
  .map((parts) => parts.join(''))

/** Cases for `re`. */
export const regexCases: Arbitrary<RegexCase> = fc.record({
  pattern: patterns,
  flags: fc.constantFrom(0, 0, 0, 2, 8, 16, 64, 256, 2 + 256, 2 + 8, 8 + 16),
  text: fc.array(letters, { maxLength: 8 }).map((parts) => parts.join('')),
  replacement: replacements,
})

/** The question, as a pythonfile that both answer. */
export const regexProgram = `
import re
def regex(pattern, flags, text, by):
    pattern = re.compile(pattern, flags)
    return [[[m.span(g) for g in range(pattern.groups + 1)] for m in pattern.finditer(text)], pattern.findall(text),
            pattern.split(text), bool(pattern.match(text)), bool(pattern.fullmatch(text)),
            [(m.lastindex, m.lastgroup) for m in pattern.finditer(text)], pattern.groupindex == {}, pattern.subn(by, text)]
`
