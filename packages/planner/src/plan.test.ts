import {
  type Baseline,
  type FlagSet,
  type MessageId,
  type MessageSummary,
  messageId,
  type Pair,
  type Permissions,
  type Step,
} from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeStep } from './describe-step.ts'
import { type PlanInput, plan } from './plan.ts'
import { deltaOf, noDelta } from './side-delta.ts'

const everything = { append: true, changeFlags: true, remove: true }
const nothing = { append: false, changeFlags: false, remove: false }
const all: Permissions = { local: everything, remote: everything }
const canStoreAll = { local: () => true, remote: () => true }

function baselineOf(pairs: readonly Pair[]): Baseline {
  return {
    count: pairs.length,
    pairs: () => pairs,
    pair: (side, id) => pairs.find((pair) => pair[side] === id),
  }
}

function pair(number: number, flags: string[] = []): Pair {
  return { local: messageId(`l${number}`), remote: messageId(`r${number}`), flags: new Set(flags) }
}

function message(id: string, flags: string[] = [], peer?: string): MessageSummary {
  return { id: messageId(id), flags: new Set(flags), ...(peer === undefined ? {} : { peer: messageId(peer) }) }
}

function planned(input: Partial<PlanInput>): string[] {
  const deltas = { local: noDelta, remote: noDelta }
  return [...plan({ deltas, baseline: baselineOf([]), may: all, canStore: canStoreAll, ...input })].map(describeStep)
}

const changed = (...messages: MessageSummary[]) => ({ changed: messages, vanished: [] })
const vanished = (...ids: string[]) => ({ changed: [], vanished: ids.map(messageId) })

describe('plan', () => {
  const baseline = baselineOf([pair(1, ['\\Seen']), pair(2)])

  it.each<{ why: string; input: Partial<PlanInput>; steps: string[] }>([
    { why: 'does nothing where nothing happened', input: { baseline }, steps: [] },
    {
      why: 'copies what is new to the other side',
      input: { baseline, deltas: { local: changed(message('l9')), remote: changed(message('r8')) } },
      steps: ['copy r8 to local', 'copy l9 to remote'],
    },
    {
      why: 'removes on one side what is gone on the other',
      input: { baseline, deltas: { local: vanished('l1'), remote: vanished('r2') } },
      steps: ['remove r1 on remote', 'remove l2 on local'],
    },
    {
      why: 'forgets what is gone on both sides',
      input: { baseline, deltas: { local: vanished('l1'), remote: vanished('r1') } },
      steps: ['forget l1, gone on both sides'],
    },
    {
      why: 'lets a deletion win over new flags',
      input: { baseline, deltas: { local: vanished('l1'), remote: changed(message('r1', ['\\Flagged'])) } },
      steps: ['remove r1 on remote'],
    },
    {
      why: 'aligns flags that one side changed',
      input: { baseline, deltas: { local: noDelta, remote: changed(message('r1', ['\\Flagged'])) } },
      steps: ['align the flags of l1 and r1'],
    },
    {
      why: 'says nothing of flags that are as agreed',
      input: { baseline, deltas: { local: changed(message('l1', ['\\Seen'])), remote: noDelta } },
      steps: [],
    },
    {
      why: 'recognises a message that got its UID into its name',
      input: {
        baseline,
        deltas: {
          local: { changed: [message('l1b', ['\\Seen'], 'r1')], vanished: [messageId('l1')] },
          remote: noDelta,
        },
      },
      steps: ['remember l1b as r1'],
    },
    {
      why: 'copies what is new on one side under an id that the other side gave to a known message',
      input: {
        baseline,
        deltas: {
          local: changed(message('7')),
          remote: { changed: [message('7')], vanished: [messageId('r2')] },
        },
        renamed: { local: new Map(), remote: new Map([[messageId('7'), messageId('r2')]]) },
      },
      steps: ['remember l2 as 7', 'copy 7 to remote'],
    },
    {
      why: 'takes a second file with the same UID for a new message',
      input: { baseline, deltas: { local: changed(message('l1copy', ['\\Seen'], 'r1')), remote: noDelta } },
      steps: ['copy l1copy to remote'],
    },
    {
      why: 'removes a renamed message whose other copy is gone',
      input: {
        baseline,
        deltas: { local: { changed: [message('l1b', [], 'r1')], vanished: [messageId('l1')] }, remote: vanished('r1') },
      },
      steps: ['remember l1b as r1', 'remove l1b on local'],
    },
    {
      why: 'adopts what is the same on both sides and joins its flags',
      input: {
        deltas: { local: changed(message('l9', ['\\Seen'])), remote: changed(message('r8', ['\\Flagged'])) },
        same: new Map([[messageId('l9'), messageId('r8')]]),
      },
      steps: ['remember l9 as r8', 'align the flags of l9 and r8'],
    },
    {
      why: 'copies nothing that lies outside, and treats what is paired as ever',
      input: {
        baseline,
        deltas: {
          local: changed(message('l9'), message('l8'), message('l2', ['\\Seen'])),
          remote: { changed: [message('r8')], vanished: [messageId('r1')] },
        },
        outside: { local: new Set([messageId('l9'), messageId('l2')]), remote: new Set([messageId('r8')]) },
      },
      steps: ['align the flags of l2 and r2', 'copy l8 to remote', 'remove l1 on local'],
    },
    {
      why: 'leaves a read-only side alone, deletions of the other side included',
      input: {
        baseline,
        may: { local: everything, remote: nothing },
        deltas: {
          local: { changed: [message('l9'), message('l2', ['\\Seen'])], vanished: [messageId('l1')] },
          remote: noDelta,
        },
      },
      steps: [],
    },
  ])('$why', ({ input, steps }) => {
    expect(planned(input)).toEqual(steps)
  })

  it('keeps keywords that a side cannot store', () => {
    const deltas = { local: changed(message('l1', ['\\Seen'])), remote: noDelta }
    const canStore = { local: (flag: string) => flag.startsWith('\\'), remote: () => true }
    expect(planned({ baseline: baselineOf([pair(1, ['$Work'])]), deltas, canStore })).toEqual([
      'align the flags of l1 and r1',
    ])
    const [step] = plan({ baseline: baselineOf([pair(1, ['$Work'])]), deltas, canStore, may: all })
    expect((step as Extract<Step, { kind: 'flags' }>).agreed).toEqual(new Set(['\\Seen', '$Work']))
  })

  it('tells a side that may be written only what the other, read-only side did', () => {
    const deltas = { local: changed(message('l2', ['\\Flagged'])), remote: changed(message('r2', ['\\Seen'])) }
    const [step] = plan({ baseline, deltas, canStore: canStoreAll, may: { local: everything, remote: nothing } })
    expect(step).toMatchObject({
      kind: 'flags',
      agreed: new Set(['\\Seen']),
      seen: { local: new Set(), remote: new Set(['\\Seen']) },
    })
  })

  it('is the same when walked twice', () => {
    const steps = plan({
      baseline,
      deltas: { local: vanished('l1'), remote: changed(message('r9')) },
      canStore: canStoreAll,
      may: all,
    })
    expect([...steps]).toEqual([...steps])
  })
})

describe('a plan carried out', () => {
  const flags = fc.subarray(['\\Seen', '\\Flagged', '$Work']).map((names) => new Set(names))
  const mailbox = fc.array(
    fc.record({ known: fc.boolean(), local: fc.option(flags), remote: fc.option(flags), base: flags }),
    { maxLength: 6 },
  )

  it('makes both sides hold the same messages with the same flags', () => {
    fc.assert(
      fc.property(mailbox, (messages) => {
        const pairs = messages.flatMap(({ known, base }, n) => (known ? [{ ...pair(n), flags: base }] : []))
        const sides = { local: new Map<string, FlagSet>(), remote: new Map<string, FlagSet>() }
        messages.forEach(({ local, remote }, n) => {
          if (local) sides.local.set(`l${n}`, local)
          if (remote) sides.remote.set(`r${n}`, remote)
        })
        const baseline = baselineOf(pairs)
        const list = (side: 'local' | 'remote') =>
          deltaOf(
            {
              kind: 'full',
              cursor: { epoch: '1', position: '' },
              messages: [...sides[side]].map(([id, set]) => ({ id: messageId(id), flags: set })),
            },
            side,
            baseline,
            { canStore: () => true },
          )
        const next = new Map(pairs.map((known) => [known.local, known]))
        for (const step of [
          ...plan({
            deltas: { local: list('local'), remote: list('remote') },
            baseline,
            may: all,
            canStore: canStoreAll,
          }),
        ]) {
          carryOut(step, sides, next)
        }
        const both = [...next.values()]
        expect(both.map(({ local }) => sides.local.get(local))).toEqual(
          both.map(({ remote }) => sides.remote.get(remote)),
        )
        expect([sides.local.size, sides.remote.size]).toEqual([both.length, both.length])
        messages.forEach(({ known, local, remote }, n) => {
          if (!known && local) expect(sides.local.get(`l${n}`)).toEqual(local)
          if (!known && remote) expect(sides.remote.get(`r${n}`)).toEqual(remote)
          if (known && !(local && remote)) expect(sides.local.has(`l${n}`) || sides.remote.has(`r${n}`)).toBe(false)
        })
      }),
    )
  })

  function carryOut(
    step: Step,
    sides: { local: Map<string, FlagSet>; remote: Map<string, FlagSet> },
    pairs: Map<MessageId, Pair>,
  ) {
    switch (step.kind) {
      case 'copy': {
        const copy = messageId(`copy of ${step.source.id}`)
        sides[step.to].set(copy, step.source.flags)
        const made =
          step.to === 'local' ? { local: copy, remote: step.source.id } : { local: step.source.id, remote: copy }
        pairs.set(made.local, { ...made, flags: step.source.flags })
        return
      }
      case 'flags':
        sides.local.set(step.pair.local, step.agreed)
        sides.remote.set(step.pair.remote, step.agreed)
        return
      case 'remove':
        sides[step.on].delete(step.pair[step.on])
        pairs.delete(step.pair.local)
        return
      case 'forget':
        pairs.delete(step.pair.local)
        return
      case 'adopt':
        pairs.set(step.pair.local, step.pair)
        return
      case 'labels':
        throw new Error('nobody told of labels')
    }
  }
})
