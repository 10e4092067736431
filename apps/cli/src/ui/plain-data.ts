import { MailtideError, sortedFlags } from '@mailtide/contracts'

/**
 * A value as JSON has it: sets of flags as sorted lists, errors as what they tell (no stack, no cause), times in ISO 8601,
 * secrets as `[secret]`.
 */
export function plainData(value: unknown): unknown {
  if (value instanceof MailtideError) {
    const { code, message, hint, scope, retryable } = value
    return { code, message, ...(hint !== undefined && { hint }), scope, retryable }
  }
  if (value instanceof Set) return sortedFlags(value)
  if (Array.isArray(value)) return value.map(plainData)
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainData(member)]))
}
