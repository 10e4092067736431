import { type MessageSummary, messageId } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { pairInherited } from './inherit.ts'

const local = (id: string, peer?: string): MessageSummary => {
  return { id: messageId(id), flags: new Set(), ...(peer === undefined ? {} : { peer: messageId(peer) }) }
}
const remote = (id: string): MessageSummary => ({ id: messageId(id), flags: new Set() })
const known = (id: string, of?: string) => {
  return { remote: messageId(id), flags: new Set(['\\Seen']), ...(of === undefined ? {} : { local: messageId(of) }) }
}
const paired = (...args: Parameters<typeof pairInherited>) =>
  pairInherited(...args).map((pair) => `${pair.local} ${pair.remote} ${[...pair.flags].join()}`)

describe('pairInherited', () => {
  it('pairs by the name that a local message bears, or by the id that was known', () => {
    expect(
      paired([known('1'), known('2', 'b')], {
        local: [local('a', '1'), local('b')],
        remote: [remote('1'), remote('2')],
      }),
    ).toEqual(['a 1 \\Seen', 'b 2 \\Seen'])
  })

  it('keeps what is gone on one side, and forgets what is gone on both', () => {
    expect(
      paired([known('1'), known('2'), known('3'), known('4', 'x'), known('5', 'y')], {
        local: [local('a', '1')],
        remote: [remote('2'), remote('4')],
      }),
    ).toEqual(['a 1 \\Seen', '/gone/2 2 \\Seen', 'x 4 \\Seen'])
  })

  it('gives a remote message that two name to the first of them, and everything else once', () => {
    expect(
      paired([known('1'), known('1'), known('2', 'a')], {
        local: [local('a', '1'), local('b', '1')],
        remote: [remote('1'), remote('2')],
      }),
    ).toEqual(['a 1 \\Seen'])
  })

  it('leaves what nobody knew to be found as new', () => {
    expect(paired([], { local: [local('a', '1')], remote: [remote('1')] })).toEqual([])
  })
})
