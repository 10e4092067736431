import { type Flag, flags } from './flags.ts'
import { optionsToCompare } from './options-to-compare.ts'
import type { Comparison, FlagRow, OptionRow, Shown, Table } from './row.ts'

const introduction = `# OfflineIMAP, point by point

Every option, flag and behaviour of OfflineIMAP 8.0.1, what mailtide does, and the test that shows it. What mailtide has besides
OfflineIMAP is marked as its own.

This page is generated from rows in \`tooling/compatibility\`; what options mean comes from the schema in \`packages/config\`. A test
checks that every option of the schema and every flag of the command line has its row, and that every test named here exists.
After a change there: \`pnpm --filter @mailtide/compatibility generate\`.
`

/** The page that shows a table. */
export function documentOf({ options, flags: flagRows, chapters }: Table): string {
  const titles = new Map(optionsToCompare.map(({ kind, title }) => [kind, title]))
  return [
    introduction,
    '## Flags\n',
    tableOf(
      ['flag', 'OfflineIMAP'],
      flagRows.map((row) => [namesOfFlags(row), row.offlineimap, row]),
    ),
    ...[...titles].flatMap(([kind, title]) => {
      const rows = options.filter((row) => row.kind === kind)
      return rows.length === 0
        ? []
        : [`## Options of ${title}\n`, tableOf(['option', 'meaning'], rows.map(cellsOfOptions))]
    }),
    ...chapters.flatMap(({ title, rows }) => [
      `## ${title}\n`,
      tableOf(
        ['OfflineIMAP'],
        rows.map((row) => [row.offlineimap, row]),
      ),
    ]),
  ].join('\n')
}

type Line = readonly [...cells: string[], comparison: Comparison]

function tableOf(heads: readonly string[], lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const cells = line.filter((cell) => typeof cell === 'string')
    const [comparison] = line.filter((cell) => typeof cell !== 'string')
    return [...cells, comparison?.mailtide ?? '', (comparison?.shown ?? []).map(linkTo).join('<br>')]
  })
  const all = [[...heads, 'mailtide', 'shown by'], [...heads, '', ''].map(() => '---'), ...rows]
  return all.map((cells) => `| ${cells.map(inTable).join(' | ')} |\n`).join('')
}

function namesOfFlags(row: FlagRow): string {
  const names = row.flags.flatMap((name) => (flags[name] as Flag).names.map((typed) => `\`${typed}\``))
  return names.join(', ')
}

function cellsOfOptions(row: OptionRow): Line {
  const found = optionsToCompare.filter(({ kind, name }) => kind === row.kind && row.options.includes(name))
  const isRange = found.length > 9
  const named = found.map(({ name }) => `\`${name}\``)
  const names = isRange ? `${named[0]} … ${named.at(-1)}` : named.join(', ')
  const meanings = [...new Set(found.map(({ meaning }) => meaning))]
  const isOwn = found.every(({ origin }) => origin === 'mailtide')
  return [
    names,
    (isRange ? meanings.slice(0, 1) : meanings).join(' '),
    isOwn ? { ...row, mailtide: `its own: ${row.mailtide}` } : row,
  ]
}

function linkTo({ file, test, of }: Shown): string {
  const name = file.replace(/^.*\//, '').replace(/(\.integration|\.long)?(\.test)?\.ts$/, '')
  return `[${name}](../${file}): ${escaped(test)}${of === undefined ? '' : ` (${escaped(of)})`}`
}

/** Titles and cases are no Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, '\\$&')
}

function inTable(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ')
}
