import type { AccountConfig, Expression } from '@mailtide/config'
import { type BothSides, type FolderPair, type MessageId, messageId, type Side, type Window } from '@mailtide/contracts'
import { wrongValue } from '../python/errors.ts'
import { type Evaluator, isFunction } from '../python/evaluator.ts'
import { type NamedPair, namedPairOf } from '../rules/pair-account.ts'

const day = 24 * 60 * 60 * 1000

/**
 * Which new messages of each side are wanted: `maxage`, `startdate` and `maxsize`. Days begin at midnight in UTC, so that the
 * bound moves once a day. What is new here goes up whatever its age, as with OfflineIMAP.
 */
export function windowOf({ maxAge, maxSize, local, remote }: AccountConfig, now: number): BothSides<Window> {
  const oldest = typeof maxAge === 'number' ? new Date(Math.floor(now / day - maxAge) * day) : dayOf(maxAge)
  const since = { local: dayOf(local.startDate), remote: oldest ?? dayOf(remote.startDate) }
  return {
    local: { ...(since.local && { since: since.local }), ...(maxSize !== undefined && { maxSize }) },
    // SEARCH SMALLER (RFC 9051, 6.4.4) is strict, a file may have just as many octets.
    remote: { ...(since.remote && { since: since.remote }), ...(maxSize !== undefined && { maxSize: maxSize - 1 }) },
  }
}

function dayOf(text: string | undefined): Date | undefined {
  const [year = 0, month = 1, date = 1] = text?.split('-').map(Number) ?? []
  return text === undefined ? undefined : new Date(Date.UTC(year, month - 1, date))
}

/** The messages that `copy_ignore_eval` never lets come down, by the name of their folder after nametrans. */
export function createIgnored(rule: Expression, evaluator: Evaluator, pairs: () => readonly NamedPair[]) {
  return async (folders: FolderPair, side: Side): Promise<ReadonlySet<MessageId>> => {
    const pair = namedPairOf(pairs(), folders)
    if (side === 'local' || !pair) return new Set()
    const callee = await evaluator.evaluate(rule)
    if (!isFunction(callee)) throw wrongValue(rule, 'a function of a folder', callee)
    const [answer = null] = await evaluator.callBatch(callee, [[pair.visibleRemoteName]])
    if (answer === null) return new Set()
    if (!Array.isArray(answer)) throw wrongValue(rule, 'a list of UIDs, or None', answer, pair.visibleRemoteName)
    return new Set(answer.map((uid) => messageId(String(uid))))
  }
}
