import { type MessageSummary, messageId } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { matchNew } from './match-new.ts'

function side(entries: readonly { id: string; identity?: string; peer?: string }[]) {
  const messages: MessageSummary[] = entries.map(({ id, peer }) => ({
    id: messageId(id),
    flags: new Set<string>(),
    ...(peer === undefined ? {} : { peer: messageId(peer) }),
  }))
  const identities = new Map(
    entries.flatMap(({ id, identity }) => (identity ? [[messageId(id), identity] as const] : [])),
  )
  return { messages, identities }
}

describe('matchNew', () => {
  it('pairs equal identities, each once', () => {
    const local = side([
      { id: 'a', identity: 'x' },
      { id: 'b', identity: 'x' },
      { id: 'c', identity: 'y' },
    ])
    const remote = side([
      { id: '1', identity: 'x' },
      { id: '2', identity: 'z' },
    ])
    expect([...matchNew(local, remote)]).toEqual([['a', '1']])
  })

  it('prefers the message that names the other as its peer', () => {
    const local = side([
      { id: 'a', identity: 'x' },
      { id: 'b', identity: 'x', peer: '1' },
    ])
    const remote = side([
      { id: '1', identity: 'x' },
      { id: '2', identity: 'x' },
    ])
    expect([...matchNew(local, remote)]).toEqual([
      ['b', '1'],
      ['a', '2'],
    ])
  })

  it('does not believe a peer with another identity', () => {
    const local = side([{ id: 'a', identity: 'x', peer: '1' }])
    expect(matchNew(local, side([{ id: '1', identity: 'y' }])).size).toBe(0)
  })

  it('matches nothing that has no identity', () => {
    expect(matchNew(side([{ id: 'a' }]), side([{ id: '1' }])).size).toBe(0)
  })
})
