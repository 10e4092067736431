import {
  type Baseline,
  type FlagSet,
  type MessageId,
  type MessageSummary,
  noFlags,
  type Pair,
  type Permissions,
} from '@mailtide/contracts'
import { noDelta } from '@mailtide/planner'
import { describe, expect, it } from 'vitest'
import { baselineOf } from './baseline-of.ts'
import { type CompareInput, compareFolder } from './verify-compare.ts'

const id = (text: string) => text as MessageId
const flags = (...names: string[]): FlagSet => new Set(names)
const everything: Permissions[keyof Permissions] = { append: true, changeFlags: true, remove: true }
const nobody = new Set<MessageId>()

const agreed = flags('\\Seen')
const pair: Pair = { local: id('l1'), remote: id('r1'), flags: agreed }
const ids = { local: id('l1'), remote: id('r1') }
const baseline: Baseline = baselineOf([pair])
const message = (name: string, flags: FlagSet = noFlags): MessageSummary => ({ id: id(name), flags })

function compare(more: Partial<CompareInput>) {
  return compareFolder({
    deltas: { local: noDelta, remote: noDelta },
    baseline,
    seen: { local: 'everything', remote: 'everything' },
    may: { local: everything, remote: everything },
    canStore: { local: () => true, remote: () => true },
    renamed: { local: new Map(), remote: new Map() },
    outside: { local: nobody, remote: nobody },
    ...more,
  })
}

describe('compareFolder', () => {
  const gone = { changed: [], vanished: [id('l1')] }
  const goneThere = { changed: [], vanished: [id('r1')] }
  const fresh = { changed: [message('l2')], vanished: [] }
  const marked = { changed: [message('l1', flags('\\Seen', '\\Flagged'))], vanished: [] }
  const readOnly = { append: false, changeFlags: false, remove: false }

  it.each<{ why: string; given: Partial<CompareInput>; found: object[]; left?: number }>([
    { why: 'nothing', given: {}, found: [] },
    {
      why: 'new, and told to the next sync',
      given: { deltas: { local: fresh, remote: noDelta }, seen: { local: new Set([id('l2')]), remote: nobody } },
      found: [{ kind: 'new', side: 'local', id: 'l2', outlook: 'waiting' }],
    },
    {
      why: 'new, and not told',
      given: { deltas: { local: fresh, remote: noDelta }, seen: { local: nobody, remote: 'everything' } },
      found: [{ kind: 'new', side: 'local', id: 'l2', outlook: 'unseen' }],
    },
    {
      why: 'new, and left out by a rule',
      given: { deltas: { local: fresh, remote: noDelta }, outside: { local: new Set([id('l2')]), remote: nobody } },
      found: [],
      left: 1,
    },
    {
      why: 'new, where the other side takes nothing',
      given: { deltas: { local: fresh, remote: noDelta }, may: { local: everything, remote: readOnly } },
      found: [],
      left: 1,
    },
    {
      why: 'gone from one side',
      given: { deltas: { local: gone, remote: noDelta } },
      found: [{ kind: 'gone', from: 'local', ids, outlook: 'waiting' }],
    },
    {
      why: 'gone from one side, where deletions stay where they are',
      given: { deltas: { local: gone, remote: noDelta }, may: { local: everything, remote: readOnly } },
      found: [],
      left: 1,
    },
    {
      why: 'gone from both, told once',
      given: { deltas: { local: gone, remote: goneThere } },
      found: [{ kind: 'gone', from: 'both', ids, outlook: 'waiting' }],
    },
    {
      why: 'gone from both, and one of it not told',
      given: { deltas: { local: gone, remote: goneThere }, seen: { local: 'everything', remote: nobody } },
      found: [{ kind: 'gone', from: 'both', ids, outlook: 'unseen' }],
    },
    {
      why: 'gone from one side, flagged on the other: told once',
      given: { deltas: { local: marked, remote: goneThere } },
      found: [{ kind: 'gone', from: 'remote', ids, outlook: 'waiting' }],
    },
    {
      why: 'another id, known by the identity',
      given: {
        deltas: { local: { changed: [message('l2')], vanished: [id('l1')] }, remote: noDelta },
        renamed: { local: new Map([[id('l2'), id('l1')]]), remote: new Map() },
      },
      found: [{ kind: 'renamed', side: 'local', ids, now: 'l2', outlook: 'waiting' }],
    },
    {
      why: 'another id, known by the name, and not told',
      given: {
        deltas: { local: { changed: [{ ...message('l2'), peer: id('r1') }], vanished: [id('l1')] }, remote: noDelta },
        seen: { local: nobody, remote: nobody },
      },
      found: [{ kind: 'renamed', side: 'local', ids, now: 'l2', outlook: 'unseen' }],
    },
    {
      why: 'a copy with the name of a message that is still there',
      given: { deltas: { local: { changed: [{ ...message('l2'), peer: id('r1') }], vanished: [] }, remote: noDelta } },
      found: [{ kind: 'new', side: 'local', id: 'l2', outlook: 'waiting' }],
    },
    {
      why: 'a flag more',
      given: { deltas: { local: marked, remote: noDelta } },
      found: [{ kind: 'flags', side: 'local', ids, added: flags('\\Flagged'), dropped: noFlags, outlook: 'waiting' }],
    },
    {
      why: 'a flag less',
      given: { deltas: { local: { changed: [message('l1')], vanished: [] }, remote: noDelta } },
      found: [{ kind: 'flags', side: 'local', ids, added: noFlags, dropped: agreed, outlook: 'waiting' }],
    },
    {
      why: 'a flag less that this side cannot keep',
      given: {
        deltas: { local: { changed: [message('l1')], vanished: [] }, remote: noDelta },
        canStore: { local: (flag) => flag !== '\\Seen', remote: () => true },
      },
      found: [],
    },
    {
      why: 'labels that are kept in step, and no others',
      given: {
        deltas: {
          local: noDelta,
          remote: {
            changed: [{ id: id('r1'), flags: agreed, labels: new Set(['work', 'ignored']) }],
            vanished: [],
          },
        },
        labels: { isKept: (label) => label !== 'ignored' },
      },
      found: [{ kind: 'labels', side: 'remote', ids, added: flags('work'), dropped: noFlags, outlook: 'waiting' }],
    },
  ])('$why', ({ given, found, left = 0 }) => {
    expect(compare(given)).toEqual({ differences: found, left })
  })
})
