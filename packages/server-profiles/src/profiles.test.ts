import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ServerProfile } from './profile.ts'
import { genericProfile, profiles } from './profiles.ts'

/** What a row says that the generic profile does not. */
const rows: Readonly<Record<ServerProfile['name'], Partial<ServerProfile>>> = {
  gmail: {
    connectionLimit: 15,
    deletion: 'move-to-trash',
    expunge: 'unlabels',
    appendLimit: 35_651_584,
    idleMinutes: 9,
    habits: ['localised-names', 'merges-twins'],
  },
  exchange: { longestCommand: 1000, habits: ['phantom-uids', 'search-lies', 'slow', 'localised-names'] },
  icloud: { avoid: ['QRESYNC'], habits: ['rfc822-is-empty', 'search-lies', 'confirm-deletions'] },
  yahoo: { connections: 2, habits: ['ranges-fail', 'modseq-zero-is-bad', 'confirm-deletions'] },
  fastmail: { habits: ['prefix-inbox'] },
  'proton-bridge': { connections: 1, habits: ['unstable-uids', 'slow', 'confirm-deletions'] },
  davmail: { connections: 2, habits: ['idle-lies', 'search-lies', 'confirm-deletions'] },
  coremail: { connections: 2, idAfterLogin: true, habits: ['idle-lies'] },
  qq: { connections: 2, idAfterLogin: true, habits: ['ascending-sets-only', 'idle-lies'] },
  workmail: { connections: 2 },
  zoho: { habits: ['search-lies'] },
  mailru: {},
  dovecot: { connectionLimit: 10, habits: ['prefix-inbox'] },
  cyrus: { habits: ['prefix-inbox'] },
  courier: { habits: ['prefix-inbox'] },
  generic: {},
}

describe('profiles', () => {
  it.each(profiles)('of $name differs from the generic one as told', (profile) => {
    const { name, title, notes, notMail, waits } = profile
    expect(profile).toEqual({ ...genericProfile, ...rows[name], name, title, notes, notMail, waits })
  })

  it.each(profiles)(
    'of $name gives reasons, and stays within its limits',
    ({ notes, connections, connectionLimit }) => {
      expect(notes.length).toBeGreaterThan(0)
      for (const { text, source } of notes) {
        expect(text).toMatch(/^[A-Z].*\.$/)
        expect(source).toMatch(/^([\w.-]+\/[\w.-]+#\d+|RFC \d+, [\d.]+|www\..*)$/)
      }
      expect(connections).toBeGreaterThanOrEqual(1)
      expect(connections).toBeLessThanOrEqual(connectionLimit ?? Infinity)
    },
  )

  it('are plain data, once each, the generic one last', () => {
    expect(JSON.parse(JSON.stringify(profiles))).toEqual(profiles.map((profile) => JSON.parse(JSON.stringify(profile))))
    expect(new Set(profiles.map(({ name }) => name)).size).toBe(profiles.length)
    expect(profiles.at(-1)).toBe(genericProfile)
  })

  it('are in the README, row by row', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const table = readme.split('\n').filter((line) => /^\| `/.test(line))
    expect(table.map(cells)).toEqual(profiles.map((profile) => cells(rowOf(profile))))
  })
})

function cells(row: string): string[] {
  return row.split('|').map((cell) => cell.trim())
}

function rowOf(profile: ServerProfile): string {
  const { name, title, connections, connectionLimit, avoid, deletion, idAfterLogin, habits } = profile
  const limit = connectionLimit === undefined ? `${connections}` : `${connections} of ${connectionLimit}`
  const careful = [
    ...avoid.map((extension) => `no ${extension}`),
    ...(idAfterLogin ? ['ID after login'] : []),
    ...habits.map((habit) => habit.replaceAll('-', ' ')),
  ]
  return `| \`${name}\` | ${title} | ${limit} | ${deletion.replaceAll('-', ' ')} | ${careful.join(', ')} |`
}
