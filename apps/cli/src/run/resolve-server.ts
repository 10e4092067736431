import type { Expression, ImapConfig } from '@mailtide/config'
import { wrongValue } from '../python/errors.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { evaluateText, textIn } from '../python/text-of.ts'

/** A server whose host, port and user are known. */
export interface ServerConfig extends ImapConfig {
  readonly host: string
  readonly port: number
  readonly user: string
}

/** Evaluates what the rc file leaves to Python: `remotehosteval`, `remoteporteval` and `remoteusereval`. */
export async function resolveServer(config: ImapConfig, evaluator: Evaluator): Promise<ServerConfig> {
  const { host, port, user } = config
  return {
    ...config,
    host: typeof host === 'string' ? host : await evaluateText(host, evaluator),
    port: typeof port === 'number' ? port : await evaluatePort(port, evaluator),
    user: typeof user === 'string' ? user : await evaluateText(user, evaluator),
  }
}

async function evaluatePort(expression: Expression, evaluator: Evaluator): Promise<number> {
  const value = await evaluator.evaluate(expression)
  const digits = textIn(value)?.trim()
  const port = digits === undefined ? value : /^\d+$/.test(digits) ? Number(digits) : undefined
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535) return port
  throw wrongValue(expression, 'a number from 1 to 65535', value)
}
