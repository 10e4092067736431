import type { Expression } from '@mailtide/config'
import type { PlainRule } from '@mailtide/folder-rules'
import { ruleUnreadable } from './errors.ts'

/** Reads a rule in plain words; undefined if it is Python. */
export async function readPlain(rule: Expression): Promise<PlainRule | undefined> {
  const { parsePlainRule } = await import('@mailtide/folder-rules')
  try {
    return parsePlainRule(rule.text)
  } catch (thrown) {
    throw ruleUnreadable(rule, thrown)
  }
}
