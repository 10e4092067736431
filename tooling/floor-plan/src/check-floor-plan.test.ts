import { describe, expect, it } from 'vitest'
import { checkFloorPlan, formatBreaches } from './check-floor-plan.ts'
import type { Floor } from './floors.ts'
import type { Room } from './room.ts'

interface Sketch {
  readonly floor: Floor | undefined
  readonly folder?: string
  readonly dependencies?: readonly string[]
  readonly devDependencies?: readonly string[]
  /** File name to text. */
  readonly sources?: Readonly<Record<string, string>>
}

function room(name: string, sketch: Sketch): Room {
  const { floor, folder = `packages/${name}`, dependencies = [], devDependencies = [], sources = {} } = sketch
  const entries = Object.fromEntries(dependencies.map((dependency) => [dependency, '*']))
  return {
    name: `@mailtide/${name}`,
    folder,
    floor,
    manifest: { path: `${folder}/package.json`, text: JSON.stringify({ dependencies: entries }, undefined, 2) },
    dependencies,
    devDependencies,
    sources: Object.entries(sources).map(([file, text]) => ({ path: `${folder}/src/${file}`, text })),
  }
}

const contracts = room('contracts', { floor: 'contract' })
const testing = room('testing', { floor: 'testing', dependencies: ['@mailtide/contracts'] })

function breaches(...rooms: readonly Room[]): string[] {
  return formatBreaches(checkFloorPlan([contracts, testing, ...rooms]))
    .split('\n')
    .filter((line) => line !== '')
}

describe('checkFloorPlan', () => {
  it('finds nothing where imports go downwards', () => {
    const planner = room('planner', {
      floor: 'pure',
      dependencies: ['@mailtide/contracts'],
      devDependencies: ['vitest', '@mailtide/testing'],
      sources: {
        'plan.ts': "import { x } from '@mailtide/contracts'\nimport { y } from './y.ts'",
        'plan.test.ts':
          "import { readFileSync } from 'node:fs'\nimport { it } from 'vitest'\nimport '@mailtide/testing'",
      },
    })
    const cli = room('cli', { floor: 'app', folder: 'apps/cli', dependencies: ['@mailtide/planner'] })
    const bench = room('bench', { floor: 'app', folder: 'tooling/bench', dependencies: ['@mailtide/testing'] })
    expect(breaches(planner, cli, bench)).toEqual([])
  })

  it('finds a pure room that imports Node', () => {
    const planner = room('planner', {
      floor: 'pure',
      sources: { 'plan.ts': "\nimport { readFileSync } from 'node:fs'" },
    })
    expect(breaches(planner)).toEqual([
      'packages/planner/src/plan.ts:2 imports node:fs, but @mailtide/planner (pure) touches nothing of Node',
    ])
  })

  it('finds ports that know each other', () => {
    const imap = room('imap', { floor: 'port' })
    const maildir = room('maildir', { floor: 'port', dependencies: ['@mailtide/contracts', '@mailtide/imap'] })
    expect(breaches(imap, maildir)).toEqual([
      'packages/maildir/package.json:4 @mailtide/maildir (port) may not depend on @mailtide/imap (port)',
    ])
  })

  it('finds an engine that knows a port', () => {
    const memory = room('memory', { floor: 'port' })
    const engine = room('engine', { floor: 'engine', dependencies: ['@mailtide/memory'] })
    expect(breaches(memory, engine)).toHaveLength(1)
  })

  it.each(['app', 'engine', 'port', 'pure', 'tool', 'contract', 'testing'] as const)(
    'lets no %s need test support at run time',
    (floor) => {
      expect(breaches(room('x', { floor, dependencies: ['@mailtide/testing'] }))).toEqual([
        `packages/x/package.json:3 @mailtide/x (${floor}) may not depend on @mailtide/testing (testing)`,
      ])
    },
  )

  it('finds an import of something that only tests may have', () => {
    const imap = room('imap', {
      floor: 'port',
      devDependencies: ['@mailtide/testing'],
      sources: { 'open.ts': "const { x } = await import('@mailtide/testing')" },
    })
    expect(breaches(imap)).toEqual([
      'packages/imap/src/open.ts:1 imports @mailtide/testing, which is not among the dependencies of @mailtide/imap',
    ])
  })

  it('lets an app bundle packages of the workspace, but no test support', () => {
    const planner = room('planner', { floor: 'pure' })
    const cli = room('cli', {
      floor: 'app',
      folder: 'apps/cli',
      devDependencies: ['@mailtide/planner', '@mailtide/testing', 'vitest'],
      sources: {
        'main.ts': "import { a } from '@mailtide/planner'\nimport { b } from '@mailtide/testing'\nimport 'vitest'",
        'main.test.ts': "import { b } from '@mailtide/testing'\nimport 'vitest'",
      },
    })
    expect(breaches(planner, cli)).toEqual([
      'apps/cli/src/main.ts:2 imports @mailtide/testing, which is not among the dependencies of @mailtide/cli',
      'apps/cli/src/main.ts:3 imports vitest, which is not among the dependencies of @mailtide/cli',
    ])
  })

  it('finds a test that imports what its package does not name', () => {
    const imap = room('imap', { floor: 'port', sources: { 'open.test.ts': "import { it } from 'vitest'" } })
    expect(breaches(imap)).toEqual([
      'packages/imap/src/open.test.ts:1 imports vitest, which its package.json does not name',
    ])
  })

  it('finds a relative import that leaves its package, in tests too', () => {
    const imap = room('imap', {
      floor: 'port',
      sources: { 'a/b.test.ts': "import { x } from '../../../maildir/src/x.ts'" },
    })
    expect(breaches(imap)).toEqual([
      'packages/imap/src/a/b.test.ts:1 imports ../../../maildir/src/x.ts, which is outside of packages/imap',
    ])
  })

  it('finds a package without a floor', () => {
    expect(breaches(room('attic', { floor: undefined }))).toEqual([
      'packages/attic/package.json:1 @mailtide/attic names no floor in its turbo.json',
    ])
  })
})
