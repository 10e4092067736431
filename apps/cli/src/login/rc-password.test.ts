import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoginConfig } from '@mailtide/config'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import type { Evaluator } from '../python/evaluator.ts'
import { createRcPassword } from './rc-password.ts'

const request = { host: 'imap.example.org', port: 993, user: 'alex', refused: false }
const { signal } = new AbortController()
const oauth2 = { tokenStore: 'file' } as const
const passwordExpression = { section: 'Repository a', option: 'remotepasseval', text: 'get()', origin: { file: 'rc' } }

async function answer(config: Omit<LoginConfig, 'oauth2'>, value: string | Uint8Array = '') {
  const evaluator = { evaluate: async () => value } as unknown as Evaluator
  const credential = await createRcPassword({ oauth2, ...config }, evaluator)?.find(request, signal)
  return credential?.secret.reveal()
}

describe('createRcPassword', () => {
  it('takes bytes, and drops the line end of a program', async () => {
    expect(await answer({ passwordExpression }, Buffer.from('pässword\n'))).toBe('pässword')
    expect(await answer({ passwordExpression }, ' blank \r\n')).toBe(' blank ')
  })

  it('takes the first line of a file, without the blanks around it', async () => {
    const passwordFile = join(temporaryDirectory(), 'password')
    writeFileSync(passwordFile, '  pässword \nsecond line\n')
    expect(await answer({ passwordFile })).toBe('pässword')
  })

  it('knows nothing where the rc file tells no password', () => {
    expect(createRcPassword({ oauth2 }, {} as Evaluator)).toBeUndefined()
  })
})
