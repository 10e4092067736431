import type { ServerState, UserAccount } from '../session/session.ts'

/** What a client said of itself, and whether it could prove it. */
export interface Claim {
  /** Who it is. */
  readonly user: string
  /** Whose mail it wants (RFC 4422, 3.4.1: the authorization identity); empty for its own. */
  readonly as: string
  readonly genuine: boolean
}

/** Whose mail is opened; undefined if the claim is false, or this user may not act for the other. */
export function settleClaim(users: ServerState['users'], { user, as, genuine }: Claim): UserAccount | undefined {
  const found = users.get(user)
  if (!genuine || !found) return undefined
  if (as === '' || as === user) return found
  return found.user.mayActFor?.includes(as) ? users.get(as) : undefined
}
