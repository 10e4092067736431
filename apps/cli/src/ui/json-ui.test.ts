import { readFileSync } from 'node:fs'
import { createSecret, MailtideError } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createPaper, play } from '../testing/play.ts'
import { dryRun, run } from '../testing/run-events.ts'
import { version } from '../version.ts'
import { createJsonUi } from './json-ui.ts'
import { plainData } from './plain-data.ts'

function json() {
  const paper = createPaper()
  const ui = createJsonUi(paper, () => new Date(Date.UTC(2026, 0, 2, 12, 3, 4)))
  return { ui, text: () => paper.text().replace(`"mailtide":"${version}"`, '"mailtide":"VERSION"') }
}

describe('json', () => {
  it('writes one event a line', async () => {
    const { ui, text } = json()
    const account = 'home'
    play(ui, [{ type: 'run-started', accounts: [account], trace: [] }, ...run])
    play(ui, [
      { type: 'sleeping', account, seconds: 300 },
      { type: 'awake', account },
      { type: 'account-left', account },
      { type: 'run-finished', exitCode: 1 },
    ])
    ui.show({ lines: [{ level: 'warning', text: 'a\nb', speaker: 'Account sync home' }] })
    await expect(text()).toMatchFileSnapshot('golden/run.json.txt')
    for (const line of text().trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ version: 1 })
  })

  it('writes the steps of a dry run', async () => {
    const { ui, text } = json()
    play(ui, dryRun)
    await expect(text()).toMatchFileSnapshot('golden/dry-run.json.txt')
  })

  it('escapes what could steer a terminal, and means the same', () => {
    const { ui, text } = json()
    const hostile = 'a\x1b[2J\x9b\u202eb'
    ui.show({ lines: [{ level: 'info', text: hostile }] })
    expect(text()).toContain(String.raw`a\u001b[2J\u009b\u202eb`)
    expect(JSON.parse(text()).text).toBe(hostile)
  })

  it('gives away no secret, no stack and no cause', () => {
    const error = new MailtideError('x', 'it broke', { scope: 'folder', cause: new Error('hunter2') })
    const text = JSON.stringify(plainData({ error, password: createSecret('hunter2'), at: new Date(0) }))
    expect(text).toBe(
      '{"error":{"code":"x","message":"it broke","scope":"folder","retryable":false},"password":"[secret]","at":"1970-01-01T00:00:00.000Z"}',
    )
  })
})

/** The members of each variant of a union of events, as they stand in its source. */
function membersIn(source: string, union: string): Map<string, string> {
  const text = source.slice(source.indexOf(`export type ${union} =`))
  const end = text.search(/\n\n(export|\/\*\*)/)
  const body = (end < 0 ? text : text.slice(0, end)).replace(/\/\*\*.*?\*\//gs, '')
  const variants = body.split(/^\s*\| /m).slice(1)
  return new Map(
    variants.map((variant) => {
      const [, type = ''] = /type: '([^']+)'/.exec(variant) ?? []
      const members = [...variant.matchAll(/readonly (\w+)(\??):/g)].map(([, name, mark]) => `${name}${mark}`)
      return [type, members.filter((name) => name !== 'type' && name !== 'account').join(', ')]
    }),
  )
}

describe('the table of events in the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const section = readme.slice(readme.indexOf('## JSON events')).split(/^## /m)[1] ?? ''
  const rows = new Map(
    [...section.matchAll(/^\| `([a-z-]+)` +\| (.*?) +\|/gm)].map(([, type = '', members = '']) => [
      type,
      members.replaceAll('`', '').trim(),
    ]),
  )
  const contract = readFileSync(new URL('../../../../packages/contracts/src/events.ts', import.meta.url), 'utf8')
  const own = readFileSync(new URL('happening.ts', import.meta.url), 'utf8')
  const known = new Map([...membersIn(contract, 'SyncEvent'), ...membersIn(own, 'RunEvent')])

  it('has a row for each event with all of its members', () => {
    expect(known.size).toBeGreaterThan(15)
    for (const [type, members] of known) {
      const more = type === 'run-started' ? `${members}, mailtide` : members
      expect(`${type}: ${rows.get(type)}`).toBe(`${type}: ${more}`)
    }
  })

  it('has no other rows but that of loose words', () => {
    expect([...rows.keys()].filter((type) => !known.has(type))).toEqual(['said'])
  })
})
