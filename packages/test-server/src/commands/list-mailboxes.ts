import type { Account } from '../store/account.ts'
import type { Mailbox } from '../store/mailbox.ts'
import { escapePattern } from '../wire/escape-pattern.ts'

/** A name that LIST may show. */
export interface ListedMailbox {
  readonly wireName: string
  /** None for a name that is only there because of what is below it, or because it is subscribed. */
  readonly mailbox: Mailbox | undefined
  readonly hasChildren: boolean
  readonly subscribed: boolean
}

/** Every name of an account, INBOX first, parents before what is below them. */
export function listMailboxes(account: Account, separator: string): ListedMailbox[] {
  const names = new Set([...account.mailboxes.keys(), ...account.subscribed])
  const parents = new Set<string>()
  for (const wireName of account.mailboxes.keys()) {
    for (let end = wireName.indexOf(separator); end !== -1; end = wireName.indexOf(separator, end + 1)) {
      parents.add(wireName.slice(0, end))
    }
  }
  return [...names.union(parents)].sort(inboxFirst).map((wireName) => ({
    wireName,
    mailbox: account.find(wireName),
    hasChildren: parents.has(wireName),
    subscribed: account.subscribed.has(wireName),
  }))
}

/** Tells which names fit a pattern: `*` stands for anything, `%` for anything within one level (RFC 3501, 6.3.8). */
export function patternMatcher(pattern: string, separator: string): (wireName: string) => boolean {
  if (pattern.toUpperCase() === 'INBOX') return (wireName) => wireName === 'INBOX'
  const level = `[^${escapePattern(separator)}]*`
  const source = pattern
    .split(/([*%])/)
    .map((part) => (part === '*' ? '.*' : part === '%' ? level : escapePattern(part)))
  const expression = new RegExp(`^${source.join('')}$`, 's')
  return (wireName) => expression.test(wireName)
}

function inboxFirst(a: string, b: string): number {
  if (a === b) return 0
  if (a === 'INBOX' || b === 'INBOX') return a === 'INBOX' ? -1 : 1
  return a < b ? -1 : 1
}
