import { readFileSync } from 'node:fs'
import { isSystemError } from '@mailtide/durable-fs'
import { asStateError, stateDamaged } from './errors.ts'

/** A whole small file, or undefined if there is none. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    if (isSystemError(thrown) && thrown.code === 'ENOENT') return undefined
    throw asStateError(file, thrown)
  }
}

/** The whole number in the first line of a file, as text without leading zeros; undefined if there is no such file. */
export function readNumber(file: string): string | undefined {
  const [line] = readText(file)?.split('\n', 1) ?? []
  if (line === undefined) return undefined
  const digits = line.trim()
  if (!/^\d+$/.test(digits)) throw stateDamaged(file, 'its first line is no number')
  return BigInt(digits).toString()
}

/** A UID (RFC 9051, 2.3.1.1: from 1 up), or undefined if the text is none. */
export function uidOf(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}
