import type { Labels } from '../labels/labels.ts'
import { decodeMailboxName } from '../wire/mailbox-name.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import type { FolderOptions } from './test-folder.ts'

/** Why a folder can't be made, deleted or renamed. */
export type Refusal = 'exists' | 'missing' | 'permanent' | 'outside' | 'malformed' | 'inside-itself'

/** Something happened to a folder itself. */
export type AccountEvent =
  | { readonly type: 'created' | 'deleted' | 'subscribed' | 'unsubscribed'; readonly wireName: string }
  | { readonly type: 'renamed'; readonly wireName: string; readonly from: string }

/** All folders of one user as the server sees them, by their wire names. */
export interface Account {
  readonly mailboxes: ReadonlyMap<string, Mailbox>
  readonly subscribed: ReadonlySet<string>
  /** What labels its mail has, where mail has labels. */
  readonly labels: Labels | undefined
  find(wireName: string): Mailbox | undefined
  /** Whether the name is only listed for the folders below it. */
  isParent(wireName: string): boolean
  /** Each of these answers why it can't be, or undefined when it is done. */
  create(wireName: string, options?: FolderOptions): Refusal | undefined
  delete(wireName: string): Refusal | undefined
  rename(from: string, to: string): Refusal | undefined
  subscribe(wireName: string): void
  unsubscribe(wireName: string): void
  watch(listener: (event: AccountEvent) => void): () => void
}

/** What the accounts of one server have in common. */
export interface AccountSettings {
  readonly separator: string
  readonly namespacePrefix: string
  readonly permanentFlags: readonly string[]
  readonly labels?: Labels | undefined
}

/** An account with an empty INBOX. */
export function createAccount(settings: AccountSettings): Account {
  const { separator, namespacePrefix } = settings
  const mailboxes = new Map<string, Mailbox>()
  const subscribed = new Set<string>()
  const listeners = new Set<(event: AccountEvent) => void>()
  let lastUidValidity = 1_000_000

  function tell(event: AccountEvent): void {
    for (const listener of [...listeners]) listener(event)
  }

  const nextUidValidity = () => ++lastUidValidity
  const below = (wireName: string) => [...mailboxes.keys()].filter((key) => key.startsWith(wireName + separator))

  function canonical(wireName: string): string {
    return wireName.toUpperCase() === 'INBOX' ? 'INBOX' : wireName
  }

  function whyImpossible(wireName: string): Refusal | undefined {
    if (mailboxes.has(wireName)) return 'exists'
    if (!wireName.startsWith(namespacePrefix)) return 'outside'
    if (wireName.split(separator).includes('')) return 'malformed'
    return undefined
  }

  function put(wireName: string, name: string, options: FolderOptions): void {
    const uidValidity = nextUidValidity()
    const { labels, permanentFlags } = settings
    const mailbox = createMailbox({ ...options, name, uidValidity, nextUidValidity, permanentFlags })
    labels?.dress(mailbox)
    mailboxes.set(wireName, mailbox)
    tell({ type: 'created', wireName })
  }

  const account: Account = {
    mailboxes,
    subscribed,
    labels: settings.labels,
    find: (wireName) => mailboxes.get(canonical(wireName)),
    isParent: (wireName) => !mailboxes.has(canonical(wireName)) && below(wireName).length > 0,
    create(wireName, options = {}) {
      const key = canonical(wireName)
      const why = whyImpossible(key)
      if (why === undefined) put(key, decodeMailboxName(key), options)
      return why
    },
    delete(wireName) {
      const key = canonical(wireName)
      if (key === 'INBOX') return 'permanent'
      const mailbox = mailboxes.get(key)
      if (!mailbox) return 'missing'
      mailboxes.delete(key)
      mailbox.abandon()
      tell({ type: 'deleted', wireName: key })
      return undefined
    },
    rename(from, to) {
      const source = canonical(from)
      const target = canonical(to)
      const why = whyImpossible(target)
      if (why !== undefined) return why
      if (source === 'INBOX') {
        moveInbox(target)
        return undefined
      }
      const moved = [...(mailboxes.has(source) ? [source] : []), ...below(source)]
      if (moved.length === 0) return 'missing'
      if (target.startsWith(source + separator)) return 'inside-itself'
      if (moved.some((key) => mailboxes.has(target + key.slice(source.length)))) return 'exists'
      for (const key of moved) moveKey(key, target + key.slice(source.length))
      return undefined
    },
    subscribe(wireName) {
      subscribed.add(canonical(wireName))
      tell({ type: 'subscribed', wireName: canonical(wireName) })
    },
    unsubscribe(wireName) {
      subscribed.delete(canonical(wireName))
      tell({ type: 'unsubscribed', wireName: canonical(wireName) })
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }

  function moveKey(from: string, to: string): void {
    const mailbox = mailboxes.get(from)!
    mailboxes.delete(from)
    mailbox.rename(decodeMailboxName(to))
    mailboxes.set(to, mailbox)
    tell({ type: 'renamed', wireName: to, from })
  }

  // RFC 3501, 6.3.5: renaming INBOX moves its messages and leaves it, and what is below it, where it is.
  function moveInbox(target: string): void {
    const inbox = mailboxes.get('INBOX')!
    put(target, decodeMailboxName(target), {})
    const messages = [...inbox.stored]
    mailboxes.get(target)!.add(messages)
    inbox.remove(messages)
  }

  put('INBOX', 'INBOX', {})
  settings.labels?.begin(account)
  return account
}
