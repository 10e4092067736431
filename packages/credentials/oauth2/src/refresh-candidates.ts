import { createSecret, type Secret } from '@mailtide/contracts'
import { digestOf, type Tokens } from './tokens.ts'

/** Tokens that can be refreshed. */
export type Refreshable = Tokens & { readonly refreshToken: Secret }

/**
 * With what to refresh, the first choice first.
 *
 * | stored            | configured            | tried                     |
 * | ----------------- | --------------------- | ------------------------- |
 * | of a login        | any                   | stored, then configured   |
 * | of the configured | the same as then      | stored: it came in place  |
 * | of the configured | changed since         | configured                |
 */
export function refreshCandidates(configured: string | undefined, stored: Tokens | undefined): readonly Refreshable[] {
  const candidates: Refreshable[] = []
  const origin = configured === undefined ? undefined : digestOf(configured)
  const isCurrent = origin === undefined || stored?.origin === undefined || stored.origin === origin
  if (stored?.refreshToken && isCurrent) candidates.push({ ...stored, refreshToken: stored.refreshToken })
  const replaced = stored?.refreshToken !== undefined && stored.origin === origin
  if (configured !== undefined && origin !== undefined && !replaced) {
    candidates.push({ refreshToken: createSecret(configured), origin })
  }
  return candidates
}
