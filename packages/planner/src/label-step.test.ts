import {
  equalFlags,
  type LabelSet,
  type MessageSummary,
  messageId,
  noFlags,
  type Pair,
  type Permissions,
} from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelStep } from './label-step.ts'
import { type PlanInput, plan } from './plan.ts'
import { deltaOf, keptLabels, type LabelRules } from './side-delta.ts'

const everything = { append: true, changeFlags: true, remove: true }
const may: Permissions = { local: everything, remote: everything }
const rules: LabelRules = { isKept: (label) => label !== '\\Important' }
const labels = fc
  .subarray(['\\Inbox', 'Work', 'Two words', 'Gr&APw-n', '\\Important'])
  .map((names): LabelSet => new Set(names))

function pair(agreed?: LabelSet): Pair {
  return { local: messageId('l'), remote: messageId('r'), flags: noFlags, ...(agreed && { labels: agreed }) }
}

function told(id: string, bears?: LabelSet): MessageSummary {
  return { id: messageId(id), flags: noFlags, ...(bears && { labels: bears }) }
}

describe('labelStep', () => {
  it('merges three ways, ends in agreement, and never touches what is to be left alone', () => {
    fc.assert(
      fc.property(labels, labels, labels, (base, local, remote) => {
        const step = labelStep(rules, may, pair(base), { local: told('l', local), remote: told('r', remote) })
        const agreed = step?.agreed ?? base
        for (const label of [...base, ...local, ...remote]) {
          if (!rules.isKept(label)) {
            expect(step ? [step.agreed, step.seen.local, step.seen.remote].some((set) => set.has(label)) : false).toBe(
              false,
            )
            continue
          }
          const isChanged = local.has(label) !== base.has(label) || remote.has(label) !== base.has(label)
          expect(agreed.has(label)).toBe(isChanged ? !base.has(label) : base.has(label))
        }
        if (!step) return
        // Once it is done and written down, there is nothing left to do.
        const then = { local: told('l', step.agreed), remote: told('r', step.agreed) }
        expect(labelStep(rules, may, pair(step.agreed), then)).toBeUndefined()
      }),
    )
  })

  it('does not care which side is which', () => {
    fc.assert(
      fc.property(labels, labels, labels, (base, a, b) => {
        const one = labelStep(rules, may, pair(base), { local: told('l', a), remote: told('r', b) })
        const other = labelStep(rules, may, pair(base), { local: told('l', b), remote: told('r', a) })
        expect(equalFlags(one?.agreed ?? base, other?.agreed ?? base)).toBe(true)
      }),
    )
  })

  it('keeps whatever either side has, as long as none were agreed, and waits for both', () => {
    fc.assert(
      fc.property(labels, labels, (local, remote) => {
        const step = labelStep(rules, may, pair(), { local: told('l', local), remote: told('r', remote) })
        expect(step?.agreed).toEqual(keptLabels(local.union(remote), rules))
        expect(labelStep(rules, may, pair(), { local: told('l', local), remote: told('r') })).toBeUndefined()
        expect(labelStep(rules, may, pair(), { remote: told('r', remote) })).toBeUndefined()
      }),
    )
  })

  it('takes a side that tells no labels for unchanged', () => {
    fc.assert(
      fc.property(labels, labels, (base, remote) => {
        const step = labelStep(rules, may, pair(base), { local: told('l'), remote: told('r', remote) })
        expect(equalFlags(keptLabels(step?.agreed ?? base, rules), keptLabels(remote, rules))).toBe(true)
      }),
    )
  })

  it('lets no side hear of what it may not be told', () => {
    const readOnly: Permissions = { ...may, local: { append: false, changeFlags: false, remove: false } }
    const now = { local: told('l', new Set(['A'])), remote: told('r', new Set(['B'])) }
    const step = labelStep(rules, readOnly, pair(new Set()), now)
    expect(step).toMatchObject({ agreed: new Set(['A']), seen: { local: new Set(['A']), remote: new Set() } })
  })
})

describe('plan with labels', () => {
  const known = pair(new Set(['Work']))
  const baseline = { count: 1, pairs: () => [known], pair: () => known }
  const input = (remote: MessageSummary, more: Partial<PlanInput> = {}): PlanInput => {
    const canStore = () => true
    const changes = { kind: 'full', cursor: { epoch: '', position: '' }, messages: [remote] } as const
    return {
      deltas: {
        local: { changed: [], vanished: [] },
        remote: deltaOf(changes, 'remote', baseline, { canStore, labels: rules }),
      },
      baseline,
      may,
      canStore: { local: canStore, remote: canStore },
      labels: rules,
      ...more,
    }
  }
  const kinds = (given: PlanInput) => [...plan(given)].map(({ kind }) => kind)

  it('aligns what differs, beside flags', () => {
    const remote = { ...told('r', new Set(['Work', 'New'])), flags: new Set(['\\Seen']) }
    expect(kinds(input(remote))).toEqual(['flags', 'labels'])
  })

  it('says nothing of labels that are as agreed, or to be left alone, or not in step at all', () => {
    expect(kinds(input(told('r', new Set(['Work', '\\Important']))))).toEqual([])
    const remote = { ...told('r', new Set(['Other'])), flags: new Set(['\\Seen']) }
    expect(kinds(input(remote, { labels: undefined }))).toEqual(['flags'])
  })
})
