import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePlainRule } from './parse-plain-rule.ts'

function filter(text: string, separator = '/'): (name: string) => boolean {
  const rule = parsePlainRule(text)
  if (rule?.kind !== 'filter') throw new Error(`${text} is no filter`)
  return rule.bind(separator)
}

function names(text: string) {
  const rule = parsePlainRule(text)
  if (rule?.kind !== 'names') throw new Error(`${text} is no translation`)
  return rule
}

describe('parsePlainRule', () => {
  it.each([
    "lambda f: f in ['INBOX']",
    'lambda: 1',
    "{'a': 'b'}.get",
    're.compile("x").match',
    '',
    'keep',
    '\n (lambda x: x)',
  ])('leaves %j to Python', (text) => {
    expect(parsePlainRule(text)).toBeUndefined()
  })

  it.each([
    { text: 'includes: a', message: /"includes:" is none of include, exclude, .*at character 1: "includes: a"/ },
    { text: 'Include: a', message: /"Include:" is none of include/ },
    { text: 'include:', message: /Nothing follows "include:"/ },
    { text: 'include: a,, b', message: /A folder name is missing \(at character 12: ", b"\)/ },
    { text: 'include: @sent', message: /Roles are not understood/ },
    { text: 'include: "a', message: /quotes are not closed \(at character 10: "\\"a"\)/ },
    { text: 'include: "a\\x"', message: /In quotes a backslash/ },
    { text: 'include: "a" b', message: /A comma is missing .*at character 14: "b"/ },
    { text: 'include: a\nfrom: b', message: /"from:" is none of .*at character 12/ },
    { text: 'include: a\nmap: b -> c', message: /cannot rename/ },
    { text: 'map: a', message: /wants pairs/ },
    { text: 'map: a -> b -> c', message: /One pair/ },
    { text: 'map: a ->', message: /A folder name is missing \(at the end\)/ },
    { text: 'map: a/* -> b/*', message: /no wildcards/ },
    { text: 'map: a -> b, a -> c', message: /mapped twice \(at character 14: "a"\)/ },
    { text: 'map: a -> b, c -> b', message: /Two folders are mapped to this one \(at character 19: "b"\)/ },
    { text: 'prefix: a, b', message: /"prefix" takes one/ },
  ])('says what is wrong with $text, and where', ({ text, message }) => {
    expect(() => parsePlainRule(text)).toThrow(
      expect.objectContaining({ code: 'folder-rules/unreadable', message: expect.stringMatching(message) }),
    )
  })
})

describe('a filter in plain words', () => {
  it.each([
    {
      rule: 'include: INBOX, Sent, Lists/*',
      yes: ['INBOX', 'Sent', 'Lists/a', 'Lists/a/b'],
      no: ['Lists', 'sent', 'x'],
    },
    { rule: 'include: inbox', yes: ['INBOX'], no: ['Inbox2'] },
    { rule: 'exclude: in*', yes: ['INBOX'], no: ['in', 'internal'] },
    { rule: 'include: Lists/%', yes: ['Lists/a'], no: ['Lists/a/b'] },
    { rule: 'exclude: Trash, [Gmail]/*', yes: ['INBOX', 'G'], no: ['Trash', '[Gmail]/Spam'] },
    { rule: 'include: L/*\nexclude: L/old', yes: ['L/new'], no: ['L/old', 'M'] },
    { rule: 'exclude: L/old\ninclude: L/*', yes: ['L/new'], no: ['L/old', 'M'] },
    { rule: 'include:\nINBOX\nSent,\nDrafts', yes: ['INBOX', 'Sent', 'Drafts'], no: ['x'] },
    { rule: 'include: "a, b", "say \\"x\\"", "c\\*"', yes: ['a, b', 'say "x"', 'c*'], no: ['a', 'cd'] },
    { rule: 'include: a.b, c->d, &APw-x, 10€😀', yes: ['a.b', 'c->d', '&APw-x', '10€😀'], no: ['aXb'] },
  ])('$rule', ({ rule, yes, no }) => {
    const accepts = filter(rule)
    expect(yes.filter((name) => !accepts(name))).toEqual([])
    expect(no.filter(accepts)).toEqual([])
  })

  it('takes % for one level of this server', () => {
    expect(['a.b', 'a.b.c', 'a.b/c'].map(filter('include: a.%', '.'))).toEqual([true, false, true])
    expect(filter('include: %', '')('a/b.c')).toBe(true)
  })
})

describe('a translation in plain words', () => {
  it.each([
    { rule: 'strip-prefix: INBOX.', name: 'INBOX.Sent', becomes: 'Sent' },
    { rule: 'strip-prefix: INBOX.', name: 'INBOX', becomes: 'INBOX' },
    { rule: 'strip-prefix: INBOX.', name: 'INBOX.', becomes: 'INBOX.' },
    { rule: 'strip-prefix: INBOX.', name: 'Other', becomes: 'Other' },
    { rule: 'prefix: Old/', name: 'Sent', becomes: 'Old/Sent' },
    { rule: 'prefix: Old/', name: 'INBOX', becomes: 'INBOX' },
    { rule: 'prefix: "Old "', name: 'Sent', becomes: 'Old Sent' },
    { rule: 'map: [Gmail]/Sent Mail -> sent, "a, b"->"c -> d"', name: '[Gmail]/Sent Mail', becomes: 'sent' },
    { rule: 'map: [Gmail]/Sent Mail -> sent, "a, b"->"c -> d"', name: 'a, b', becomes: 'c -> d' },
    { rule: 'map: INBOX -> ""', name: 'INBOX', becomes: '' },
    { rule: 'strip-prefix: INBOX.\nmap: INBOX.Sent Items -> sent', name: 'INBOX.Sent Items', becomes: 'sent' },
    { rule: 'strip-prefix: INBOX.\nmap: INBOX.Sent Items -> sent', name: 'INBOX.a', becomes: 'a' },
    { rule: 'strip-prefix: INBOX.\nprefix: Old.', name: 'INBOX.a', becomes: 'Old.a' },
  ])('$rule: $name', ({ rule, name, becomes }) => {
    const { forward } = names(rule)
    expect(forward(name)).toBe(becomes)
  })

  it.each([
    { rule: 'strip-prefix: INBOX.', name: 'Sent', from: 'INBOX.Sent' },
    { rule: 'strip-prefix: INBOX.', name: 'INBOX', from: 'INBOX' },
    { rule: 'prefix: Old/', name: 'Sent', from: undefined },
    { rule: 'map: a -> b', name: 'a', from: undefined },
    { rule: 'map: a -> b', name: 'b', from: 'a' },
    { rule: 'map: a -> b', name: 'c', from: 'c' },
    { rule: 'map: a -> b, b -> a', name: 'a', from: 'b' },
  ])('$rule: $name comes from $from', ({ rule, name, from }) => {
    expect(names(rule).backward(name)).toBe(from)
  })

  const word = fc.constantFrom('INBOX', 'INBOX.', 'Old.', 'a', 'b', 'INBOX.a', 'Old.a', 'Old.INBOX', '.')
  const anyName = fc.array(word, { maxLength: 3 }).map((words) => words.join(''))
  const prefix = (verb: string) => fc.constantFrom('', `${verb}: INBOX.`, `${verb}: Old.`, `${verb}: a`)
  const map = fc
    .uniqueArray(fc.tuple(anyName, anyName), { maxLength: 3, selector: ([from]) => from })
    .filter((pairs) => new Set(pairs.map(([, to]) => to)).size === pairs.length)
    .map((pairs) => pairs.map(([from, to]) => `map: "${from}" -> "${to}"`).join('\n'))
  const rule = fc
    .tuple(prefix('strip-prefix'), prefix('prefix'), map)
    .map((clauses) => clauses.filter((clause) => clause !== '').join('\n'))
    .filter((text) => text !== '')

  it('leads back to every name that it yields', () => {
    fc.assert(
      fc.property(rule, anyName, (text, name) => {
        const { forward, backward } = names(text)
        const yielded = forward(name)
        const origin = backward(yielded)
        expect(origin).toBeDefined()
        expect(forward(origin ?? '')).toBe(yielded)
      }),
    )
  })

  it('says of no name that it yields it when it does not', () => {
    fc.assert(
      fc.property(rule, anyName, (text, name) => {
        const { forward, backward } = names(text)
        const origin = backward(name)
        if (origin !== undefined) expect(forward(origin)).toBe(name)
      }),
    )
  })

  it('is undone for folders that all have the prefix, and for INBOX', () => {
    const below = anyName.filter((name) => name !== '' && name !== 'INBOX').map((name) => `INBOX.${name}`)
    fc.assert(
      fc.property(fc.oneof(below, fc.constant('INBOX')), (name) => {
        const { forward, backward } = names('strip-prefix: INBOX.')
        expect(backward(forward(name))).toBe(name)
      }),
    )
  })
})
