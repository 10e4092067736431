import { type Measure, type MessageId, type MessageSummary, messageId } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { matchMeasured } from './match-measured.ts'

interface Entry {
  readonly id: string
  readonly size?: number
  readonly second?: number
  readonly peer?: string
}

function side(entries: readonly Entry[]) {
  const messages = entries.map(({ id, peer }): MessageSummary => {
    return { id: messageId(id), flags: new Set(), ...(peer === undefined ? {} : { peer: messageId(peer) }) }
  })
  const measures = new Map<MessageId, Measure>()
  for (const { id, size, second } of entries) {
    if (size === undefined) continue
    measures.set(messageId(id), second === undefined ? { size } : { size, receivedAt: new Date(second * 1000 + 7) })
  }
  return { messages, measures }
}

function match(local: readonly Entry[], remote: readonly Entry[]) {
  const { same, undecided } = matchMeasured(side(local), side(remote))
  const ids = (messages: readonly MessageSummary[]) => messages.map(({ id }) => id)
  return { same: [...same], local: ids(undecided.local), remote: ids(undecided.remote) }
}

describe('matchMeasured', () => {
  it.each<{
    why: string
    local: Entry[]
    remote: Entry[]
    expected: { same: string[][]; local: string[]; remote: string[] }
  }>([
    {
      why: 'leaves out what has a size that the other side lacks',
      local: [
        { id: 'a', size: 1 },
        { id: 'b', size: 2 },
      ],
      remote: [
        { id: '1', size: 2 },
        { id: '2', size: 3 },
      ],
      expected: { same: [], local: ['b'], remote: ['1'] },
    },
    {
      why: 'believes a name that size and second bear out',
      local: [{ id: 'a', size: 1, second: 9, peer: '1' }],
      remote: [{ id: '1', size: 1, second: 9 }],
      expected: { same: [['a', '1']], local: [], remote: [] },
    },
    {
      why: 'asks for the headers where the dates differ',
      local: [{ id: 'a', size: 1, second: 8, peer: '1' }],
      remote: [{ id: '1', size: 1, second: 9 }],
      expected: { same: [], local: ['a'], remote: ['1'] },
    },
    {
      why: 'asks for the headers where a date is not known',
      local: [{ id: 'a', size: 1, peer: '1' }],
      remote: [{ id: '1', size: 1 }],
      expected: { same: [], local: ['a'], remote: ['1'] },
    },
    {
      why: 'asks for the headers of twins, whose ids may have been given anew in another order',
      local: [{ id: 'a', size: 1, second: 9, peer: '1' }],
      remote: [
        { id: '1', size: 1, second: 9 },
        { id: '2', size: 1, second: 9 },
      ],
      expected: { same: [], local: ['a'], remote: ['1', '2'] },
    },
    {
      why: 'does not believe a name when the size differs',
      local: [{ id: 'a', size: 1, second: 9, peer: '1' }],
      remote: [{ id: '1', size: 2, second: 9 }],
      expected: { same: [], local: [], remote: [] },
    },
    {
      why: 'matches nothing that could not be measured',
      local: [{ id: 'a', peer: '1' }, { id: 'b' }],
      remote: [{ id: '1' }],
      expected: { same: [], local: [], remote: [] },
    },
  ])('$why', ({ local, remote, expected }) => {
    expect(match(local, remote)).toEqual(expected)
  })
})
