import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPython, type Python, type World } from './index.ts'

interface FolderExpectation {
  readonly in: string
  readonly nametrans?: string
  readonly nametransError?: string
  readonly filter?: boolean
  readonly filterError?: string
}

interface Case {
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly folders?: Readonly<Record<string, readonly FolderExpectation[]>>
  readonly evals?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly evalErrors?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly foldersort?: Readonly<Record<string, readonly string[]>>
  readonly mbnames?: {
    readonly header: string
    readonly sep: string
    readonly footer: string
    readonly items: readonly string[]
  }
  readonly pythonfileError?: string
  readonly env?: Readonly<Record<string, string>>
}

const home = new URL('../test-cases/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, home), 'utf8')
const sample = JSON.parse(read('sample.json')) as { names: string[]; account: string; localfolders: string }
const names = readdirSync(home).flatMap((file) => /^(.*)\.expect\.json$/.exec(file)?.[1] ?? [])

const runProgram: NonNullable<World['runProgram']> = (command, input) => {
  const [program, args] =
    typeof command === 'string' ? ['/bin/sh', ['-c', command]] : [command[0] ?? '', command.slice(1)]
  const { stdout, stderr, status } = spawnSync(program, args, { input })
  return { stdout, stderr, code: status ?? -1 }
}

function open(name: string, { env = {} }: Case): Python {
  const python = createPython({ world: { runProgram, environment: new Map(Object.entries(env)), home: '/home/alex' } })
  const file = new URL(`${name}.py`, home)
  if (existsSync(file)) python.load(readFileSync(file, 'utf8'), { file: `${name}.py` })
  return python
}

describe.each(names)('the configuration %s', (name) => {
  const expected = JSON.parse(read(`${name}.expect.json`)) as Case
  const origin = { file: `${name}.rc` }
  const withRe = { withRe: true }

  it('translates and filters folders as OfflineIMAP does', () => {
    const python = open(name, expected)
    for (const [section, folders] of Object.entries(expected.folders ?? {})) {
      const { nametrans, folderfilter } = expected.values[section] ?? {}
      const translate = nametrans === undefined ? undefined : python.evaluate(nametrans, origin, withRe)
      const keep = folderfilter === undefined ? undefined : python.evaluate(folderfilter, origin, withRe)
      for (const folder of folders) {
        const got = {
          in: folder.in,
          nametrans: translate ? python.toJs(python.call(translate, [folder.in])) : folder.in,
          filter: keep ? python.isTrue(python.call(keep, [folder.in])) : true,
        }
        expect(got).toEqual(folder)
      }
    }
  })

  it('evaluates what is no function', () => {
    const python = open(name, expected)
    for (const [section, evals] of Object.entries(expected.evals ?? {})) {
      for (const [option, value] of Object.entries(evals)) {
        const got = python.toJs(python.evaluate(expected.values[section]?.[option] ?? '', origin))
        expect(got instanceof Uint8Array ? new TextDecoder().decode(got) : got).toEqual(value)
      }
    }
    for (const [section, errors] of Object.entries(expected.evalErrors ?? {})) {
      for (const [option, error] of Object.entries(errors)) {
        expect(() => python.evaluate(expected.values[section]?.[option] ?? '', origin)).toThrow(error)
      }
    }
  })

  it('sorts folders', () => {
    const python = open(name, expected)
    for (const [section, sorted] of Object.entries(expected.foldersort ?? {})) {
      const compare = python.evaluate(expected.values[section]?.['foldersort'] ?? '', origin, withRe)
      const kept = [...sample.names]
      const got = kept.sort((a, b) => Number(python.toJs(python.call(compare, [a, b]))))
      expect(got).toEqual(sorted)
    }
  })

  it('lists mailboxes', () => {
    const { mbnames, values } = expected
    const options = values['mbnames']
    if (!mbnames || !options) return
    const python = open(name, expected)
    const text = (option: string) => python.toJs(python.evaluate(options[option] ?? "''", origin))
    expect([text('header'), text('sep'), text('footer')]).toEqual([mbnames.header, mbnames.sep, mbnames.footer])
    const filter = options['folderfilter'] && python.evaluate(options['folderfilter'], origin, withRe)
    const key = python.evaluate(
      options['sort_keyfunc'] ?? "lambda d: (d['accountname'], d['foldername'])",
      origin,
      withRe,
    )
    const items = sample.names
      .filter((folder) => !filter || python.isTrue(python.call(filter, [sample.account, folder])))
      .map(
        (folder) =>
          new Map([
            ['accountname', sample.account],
            ['foldername', folder],
            ['localfolders', sample.localfolders],
          ]),
      )
      .map((item) => ({ item, key: python.call(key, [item]) }))
      .sort((a, b) => python.compare(a.key, b.key))
    const format = python.evaluate('lambda template, item: template % item', origin)
    const lines = items.map(({ item }) => python.toJs(python.call(format, [options['peritem'] ?? '', item])))
    expect(lines).toEqual(mbnames.items)
  })
})
