import { readFile } from 'node:fs/promises'
import type { ImapConfig } from '@mailtide/config'
import { type Credential, type CredentialRequest, createSecret, type Secret } from '@mailtide/contracts'
import { noPassword, unreadableFile } from '../errors.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { evaluateText } from '../python/text-of.ts'

/** Answers the password of an account. */
export type PasswordSource = (request: Pick<CredentialRequest, 'refused'>) => Promise<Credential>

/**
 * Creates an account's source of its password, in OfflineIMAP's order. What `remotepasseval` answered is kept until the
 * server refuses it: the program behind it may take its time, or ask somebody.
 */
export function createPasswordSource(config: ImapConfig, evaluator: Evaluator): PasswordSource {
  let kept: Secret | undefined
  return async ({ refused }) => {
    const { name, passwordExpression, password, passwordFile } = config
    if (refused) kept = undefined
    if (passwordExpression) {
      kept ??= createSecret(await evaluateText(passwordExpression, evaluator))
      return { kind: 'password', secret: kept }
    }
    if (password) return { kind: 'password', secret: password }
    if (passwordFile === undefined) throw noPassword(name)
    return { kind: 'password', secret: createSecret(await firstLineOf(passwordFile)) }
  }
}

async function firstLineOf(file: string): Promise<string> {
  try {
    const [line = ''] = (await readFile(file, 'utf8')).split('\n', 1)
    return line.trim()
  } catch (thrown) {
    throw unreadableFile('remotepassfile', file, thrown)
  }
}
