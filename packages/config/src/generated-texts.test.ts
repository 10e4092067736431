import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.ts'
import { explainOption } from './explain-option.ts'
import { manualPage } from './manual-page.ts'
import { optionTable } from './option-table.ts'
import { formatProblem } from './problem.ts'
import { readConfig } from './read-config.ts'
import { minimalFile, sampleFile } from './sample-file.ts'

const context = { file: 'rc', home: '/home/alex', directory: '/', environment: {} }
const names = [...new Set(Object.values(optionTable).flatMap((group) => Object.keys(group)))]

describe('catalogue', () => {
  it('holds every option of the table, none twice in one kind of section', () => {
    expect(new Set(catalogue().map(({ name }) => name))).toEqual(new Set(names))
    const keys = catalogue().map(({ kind, name }) => `${kind} ${name}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each(catalogue())('says of $name in $title what it means in one line', ({ meaning }) => {
    expect(meaning).toMatch(/^[^\n]{5,140}\.$/)
  })
})

describe.each([
  ['sampleFile', sampleFile()],
  ['minimalFile', minimalFile()],
])('%s', (_, text) => {
  it('is a configuration without a mistake', () => {
    expect(readConfig({ text, ...context }).problems.map(formatProblem)).toEqual([])
  })
})

describe('sampleFile', () => {
  it.each(catalogue().filter(({ status, name }) => status !== 'removed' && !/^customflag_[^a]/.test(name)))(
    'shows $name of $title',
    ({ name }) => expect(sampleFile()).toMatch(new RegExp(`^#?${name} =`, 'm')),
  )

  it('still holds no mistake but what is not carried out when every option is set', () => {
    const text = sampleFile().replace(/^#(?=[\w-]+ = .)/gm, '')
    const told = readConfig({ text, ...context }).problems.map(formatProblem)
    expect(
      told.filter(
        (problem) => !/is not carried out|is not read|are both set|bound the same|is no option=value/.test(problem),
      ),
    ).toEqual([])
  })
})

describe('minimalFile', () => {
  it('gives folders of new accounts their real names', () => {
    expect(readConfig({ text: minimalFile(), ...context }).config?.accounts.get('home')).toMatchObject({
      utf8FolderNames: true,
    })
  })
})

describe('manualPage', () => {
  it.each(names.filter((name) => !/^customflag_/.test(name)))('describes %s', (name) => {
    expect(manualPage()).toContain(`\n.TP\n.B "${name.replaceAll('-', '\\-')}"\n`)
  })

  it('begins no line of text with what groff takes for a request', () => {
    const requests = manualPage().match(/^[.'].*/gm) ?? []
    expect(new Set(requests.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['.TH', '.SH', '.SS', '.PP', '.TP', '.B', '.br']),
    )
  })
})

describe('explainOption', () => {
  it('explains an option in every section that has it', () => {
    expect(explainOption('SEP')).toEqual({
      text: expect.stringMatching(/of type Maildir.*of type IMAP.*\[mbnames\]/s),
    })
    expect(explainOption('trashfolder')).toEqual({
      text: expect.stringMatching(/Accepted, without effect in this version/),
    })
  })

  it('knows what was probably meant', () => {
    expect(explainOption('keepalieve')).toEqual({ meant: 'keepalive' })
    expect(explainOption('zzzzzzzz')).toEqual({ meant: undefined })
  })
})
