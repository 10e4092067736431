import { type Credential, createSecret } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createCredentialChain } from './credential-chain.ts'
import type { CredentialSource } from './credential-source.ts'

const { signal } = new AbortController()
const request = { host: 'imap.example.org', port: 993, user: 'alex' }

/** A source that gives these answers one after another, and then the last for ever. */
function source(name: string, answers: readonly (string | undefined)[], log: string[]): CredentialSource {
  let asked = 0
  return {
    async find({ refused }) {
      log.push(refused ? `${name} again` : name)
      const text = answers[Math.min(asked++, answers.length - 1)]
      return text === undefined ? undefined : { kind: 'password', secret: createSecret(text) }
    },
  }
}

function scene(groups: readonly (readonly (readonly (string | undefined)[])[])[], keepsAnswer = true) {
  const log: string[] = []
  const chain = createCredentialChain(
    groups.map((sources, group) => ({
      keepsAnswer,
      sources: sources.map((answers, index) => source(`${group}.${index}`, answers, log)),
    })),
  )
  const text = (credential: Credential | undefined) => credential?.secret.reveal()
  return { log, find: async (refused: boolean) => text(await chain.find({ ...request, refused }, signal)) }
}

describe('createCredentialChain', () => {
  it('asks in turn until somebody knows something', async () => {
    const { find, log } = scene([[[undefined], ['b'], ['c']]])
    expect(await find(false)).toBe('b')
    expect(log).toEqual(['0.0', '0.1'])
  })

  it('keeps an answer until the server refuses it', async () => {
    const { find, log } = scene([[['first', 'second']]])
    expect([await find(false), await find(false), await find(true), await find(false)]).toEqual([
      'first',
      'first',
      'second',
      'second',
    ])
    expect(log).toEqual(['0.0', '0.0 again'])
  })

  it('asks each time where the source knows best', async () => {
    const { find } = scene([[['first', 'second']]], false)
    expect([await find(false), await find(false)]).toEqual(['first', 'second'])
  })

  it('never replaces a wrong password by that of a source behind it', async () => {
    const { find } = scene([[['wrong'], ['right']]])
    expect(await find(false)).toBe('wrong')
    expect(await find(true)).toBeUndefined()
  })

  it('goes on to the next group where the one before has nothing else to say', async () => {
    const { find, log } = scene([[['stale token']], [['password']]])
    expect([await find(false), await find(true)]).toEqual(['stale token', 'password'])
    expect(log).toEqual(['0.0', '0.0 again', '1.0'])
  })

  it('asks once for all connections that ask at the same time', async () => {
    const { find, log } = scene([[['a', 'b']]], false)
    expect(await Promise.all([find(false), find(false), find(false)])).toEqual(['a', 'a', 'a'])
    expect(log).toEqual(['0.0'])
  })
})
