import type { Expression, ImapConfig } from '@mailtide/config'
import type { AccountLogin } from '../login/account-login.ts'
import { wrongValue } from '../python/errors.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { evaluateText, textIn } from '../python/text-of.ts'

/** A server whose host, port and user are known. */
export interface ServerConfig extends ImapConfig {
  readonly host: string
  readonly port: number
  /** Undefined where only the store of the password knows, and where nobody has to log in. */
  readonly user: string | undefined
}

/** Finds out what the rc file leaves to Python (`remotehosteval`, `remoteporteval`) or to a store (the user). */
export async function resolveServer(
  config: ImapConfig,
  evaluator: Evaluator,
  login: Pick<AccountLogin, 'user'>,
  signal: AbortSignal,
): Promise<ServerConfig> {
  const host = typeof config.host === 'string' ? config.host : await evaluateText(config.host, evaluator)
  const port = typeof config.port === 'number' ? config.port : await evaluatePort(config.port, evaluator)
  const user = config.tunnel?.preauthenticated ? undefined : await login.user(host, port, signal)
  return { ...config, host, port, user }
}

async function evaluatePort(expression: Expression, evaluator: Evaluator): Promise<number> {
  const value = await evaluator.evaluate(expression)
  const digits = textIn(value)?.trim()
  const port = digits === undefined ? value : /^\d+$/.test(digits) ? Number(digits) : undefined
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535) return port
  throw wrongValue(expression, 'a number from 1 to 65535', value)
}
