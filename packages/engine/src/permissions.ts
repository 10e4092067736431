import type { Permissions, Side } from '@mailtide/contracts'
import type { SyncContext } from './sync-context.ts'

/** What may be done to each side: nothing where it is read-only, no removal of what the other must not delete here. */
export function permissions({ rules }: SyncContext): Permissions {
  const of = (side: Side, other: Side) => {
    const writable = !rules[side].readOnly
    return { append: writable, changeFlags: writable, remove: writable && rules[other].syncDeletes }
  }
  return { local: of('local', 'remote'), remote: of('remote', 'local') }
}
