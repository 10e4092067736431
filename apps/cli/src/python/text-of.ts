import type { Expression } from '@mailtide/config'
import type { HostValue } from '@mailtide/python-host'
import { wrongValue } from './errors.ts'
import type { Evaluator } from './evaluator.ts'

/** A value as text: a `str`, or `bytes` in UTF-8. Undefined for all else. */
export function textIn(value: HostValue): string | undefined {
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : undefined
}

/** Evaluates an expression that is to be a text. Recipes often keep the line end of what a program printed: it goes. */
export async function evaluateText(expression: Expression, evaluator: Evaluator): Promise<string> {
  const value = await evaluator.evaluate(expression)
  const text = textIn(value)?.replace(/\r?\n$/, '')
  if (text === undefined || text === '') throw wrongValue(expression, 'a str or bytes with something in it', value)
  return text
}
