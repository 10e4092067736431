import type { ImapConfig } from '@mailtide/config'
import { describe, expect, it } from 'vitest'
import type { Evaluator } from '../python/evaluator.ts'
import { createPasswordSource } from './password-source.ts'

const passwordExpression = {
  section: 'Repository a',
  option: 'remotepasseval',
  text: 'get()',
  origin: { file: 'rc', line: 3 },
}

function source(answers: readonly (string | Uint8Array)[]) {
  let asked = 0
  const evaluator = { evaluate: async () => answers[asked++] } as unknown as Evaluator
  const find = createPasswordSource({ name: 'a', passwordExpression } as ImapConfig, evaluator)
  return async (refused: boolean) => (await find({ refused })).secret.reveal()
}

describe('createPasswordSource', () => {
  it('keeps what remotepasseval answered until the server refuses it', async () => {
    const find = source(['first', 'second'])
    expect(await find(false)).toBe('first')
    expect(await find(false)).toBe('first')
    expect(await find(true)).toBe('second')
    expect(await find(false)).toBe('second')
  })

  it('takes bytes, and drops the line end of a program', async () => {
    expect(await source([Buffer.from('pässword\n')])(false)).toBe('pässword')
    expect(await source([' blank \r\n'])(false)).toBe(' blank ')
  })
})
