import { readFile } from 'node:fs/promises'
import type { LoginConfig } from '@mailtide/config'
import { type Credential, createSecret } from '@mailtide/contracts'
import { unreadableFile } from '../errors.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { evaluateText } from '../python/text-of.ts'
import type { CredentialSource } from './credential-source.ts'

/** The password that the rc file tells in one of OfflineIMAP's ways; undefined if it tells none. */
export function createRcPassword(config: LoginConfig, evaluator: Evaluator): CredentialSource | undefined {
  const { passwordExpression, password, passwordFile } = config
  if (passwordExpression) return { find: async () => passwordOf(await evaluateText(passwordExpression, evaluator)) }
  if (password) return { find: async () => ({ kind: 'password', secret: password }) }
  if (passwordFile !== undefined) return { find: async () => passwordOf(await firstLineOf(passwordFile)) }
  return undefined
}

function passwordOf(text: string): Credential {
  return { kind: 'password', secret: createSecret(text) }
}

async function firstLineOf(file: string): Promise<string> {
  try {
    const [line = ''] = (await readFile(file, 'utf8')).split('\n', 1)
    return line.trim()
  } catch (thrown) {
    throw unreadableFile('remotepassfile', file, thrown)
  }
}
