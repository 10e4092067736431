import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AccountConfig, isMaildir } from '@mailtide/config'
import type { MessageId } from '@mailtide/contracts'
import type { SyncRequest } from '@mailtide/engine'
import type { MbsyncState } from '@mailtide/offlineimap-state'
import { mbsyncPlaceholders, mbsyncStateMissing } from '../errors.ts'
import { type NamedPair, namedPairOf } from '../rules/pair-account.ts'

type Inherit = NonNullable<SyncRequest['inherit']>

/**
 * What mbsync knew of an account's folders. Its state lies in each Maildir (`SyncState *`), or in one directory, where a
 * file is called `:FAR-STORE:BOX_:NEAR-STORE:BOX`, or by its box alone (`SyncState DIR/`).
 */
export function createMbsyncInherit(
  account: AccountConfig,
  directory: string | undefined,
  pairs: () => readonly NamedPair[],
): Inherit {
  return async (folders) => {
    const pair = namedPairOf(pairs(), folders)
    if (!pair || !isMaildir(account.local)) return undefined
    const maildir = join(account.local.root, pair.names.local)
    const file = stateFileOf(maildir, directory, pair)
    const { readMbsyncState } = await import('@mailtide/offlineimap-state')
    const state = file === undefined ? undefined : readMbsyncState(file)
    return state && { remoteEpoch: state.farUidValidity, messages: await messagesOf(state, maildir) }
  }
}

/** Throws if mbsync left nothing behind for any of these folders: then it is looked for in the wrong place. */
export function insistOnMbsyncState(
  { local }: AccountConfig,
  directory: string | undefined,
  pairs: readonly NamedPair[],
): void {
  const root = isMaildir(local) ? local.root : ''
  const files = pairs.map((pair) => stateFileOf(join(root, pair.names.local), directory, pair))
  if (!files.some((file) => file !== undefined && existsSync(file))) throw mbsyncStateMissing(directory ?? root)
}

function stateFileOf(maildir: string, directory: string | undefined, pair: NamedPair): string | undefined {
  return directory === undefined ? join(maildir, '.mbsyncstate') : stateIn(directory, pair)
}

/** Pairs by the UIDs in the names of files (`,U=7`); what has no file any more was deleted since. */
async function messagesOf({ messages }: MbsyncState, maildir: string) {
  const [{ createFlagLetters, idOfFileName }, { mbsyncUidOf }, { messageId }] = await Promise.all([
    import('@mailtide/backend-maildir'),
    import('@mailtide/offlineimap-state'),
    import('@mailtide/contracts'),
  ])
  const placeholders = messages.filter(({ marks }) => marks.includes('>')).length
  if (placeholders > 0) throw mbsyncPlaceholders(maildir, placeholders)
  const { flagsOf } = createFlagLetters()
  const files = new Map<number, MessageId>()
  for (const part of ['cur', 'new']) {
    for (const name of readdirSync(join(maildir, part))) {
      const uid = mbsyncUidOf(name)
      if (uid !== undefined && !name.startsWith('.')) files.set(uid, idOfFileName(name))
    }
  }
  return messages.flatMap(({ far, near, letters, marks }) => {
    // What mbsync let expire here is still there, and is not deleted for it.
    if (far === undefined || near === undefined || marks.includes('~')) return []
    const local = files.get(near) ?? messageId(`,U=${near}`)
    return { remote: messageId(String(far)), local, flags: flagsOf(letters) }
  })
}

/** mbsync writes `!` for `/` in the names of boxes. */
function stateIn(directory: string, { names }: NamedPair): string | undefined {
  const wanted = new Set([names.remote, names.local].map((name) => name.replaceAll('/', '!')))
  const name = (existsSync(directory) ? readdirSync(directory) : []).find((file) => {
    const [, far = file, near = file] = /^:[^:]*:(.*)_:[^:]*:(.*)$/.exec(file) ?? []
    return wanted.has(far) && wanted.has(near)
  })
  return name === undefined ? undefined : join(directory, name)
}
