import type { Credential } from '@mailtide/contracts'
import type { CredentialSource, LoginRequest } from './credential-source.ts'

/** Sources of one kind of credential, in the order in which they are asked. */
export interface CredentialGroup {
  readonly sources: readonly CredentialSource[]
  /** Whether an answer is kept until the server refuses it. */
  readonly keepsAnswer: boolean
}

/** What was answered last, and by whom. */
interface Answer {
  readonly group: number
  readonly source: CredentialSource
  readonly credential: Credential
}

/**
 * Asks groups of sources in turn, one question at a time for all connections of an account.
 *
 * The first source of a group that knows something is the one that counts: when the server refuses its answer it is asked
 * anew, and a source behind it never takes its place, as OfflineIMAP never replaces a wrong password that is configured. Only
 * when it has nothing else to say is the next group asked.
 */
export function createCredentialChain(groups: readonly CredentialGroup[]): CredentialSource {
  let last: Answer | undefined
  let asking: { readonly refused: boolean; readonly answer: Promise<Credential | undefined> } | undefined

  async function ask(request: LoginRequest, signal: AbortSignal): Promise<Credential | undefined> {
    const before = last
    if (!before || !request.refused) return kept(request) ?? take(await first(0, request, signal))
    last = undefined
    const again = await before.source.find(request, signal)
    if (again && !isSame(again, before.credential)) return take({ ...before, credential: again })
    return take(await first(before.group + 1, { ...request, refused: false }, signal))
  }

  function kept({ refused }: LoginRequest): Credential | undefined {
    return !refused && last && groups[last.group]?.keepsAnswer ? last.credential : undefined
  }

  function take(answer: Answer | undefined): Credential | undefined {
    last = answer
    return answer?.credential
  }

  async function first(from: number, request: LoginRequest, signal: AbortSignal): Promise<Answer | undefined> {
    for (const [index, { sources }] of groups.slice(from).entries()) {
      for (const source of sources) {
        const credential = await source.find(request, signal)
        if (credential) return { group: from + index, source, credential }
      }
    }
    return undefined
  }

  return {
    find(request, signal) {
      if (asking?.refused === request.refused) return asking.answer
      const before = Promise.allSettled(asking ? [asking.answer] : [])
      const answer = before.then(() => ask(request, signal))
      const own = { refused: request.refused, answer }
      asking = own
      const over = () => {
        if (asking === own) asking = undefined
      }
      answer.then(over, over)
      return answer
    },
  }
}

function isSame(one: Credential, other: Credential): boolean {
  return one.user === other.user && one.secret.reveal() === other.secret.reveal()
}
