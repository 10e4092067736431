import type { AccountConfig, MaildirConfig } from './config.ts'
import { nearest } from './nearest.ts'
import { kindOf, repositoryTypes } from './option-table.ts'
import { accountOptions } from './options-account.ts'
import { imapOptions } from './options-imap.ts'
import { isDay } from './read-day.ts'
import { readImap } from './read-imap.ts'
import { readMaildir } from './read-maildir.ts'
import { createSectionReader, type ReaderContext, type SectionReader } from './section-reader.ts'

type AccountReader = SectionReader<typeof accountOptions>
type RepositoryOption = 'localrepository' | 'remoterepository'

const wanted = {
  localrepository: { kinds: ['maildir', 'imap'], type: 'Maildir or IMAP', side: 'local' },
  remoterepository: { kinds: ['imap'], type: 'IMAP', side: 'remote' },
} as const

/** Reads an `[Account …]` with both its repositories; undefined if one of them is missing or of the wrong kind. */
export function readAccount(name: string, context: ReaderContext): AccountConfig | undefined {
  const reader = createSectionReader(`Account ${name}`, accountOptions, context)
  if (/[/\0]/.test(name) || name === '.' || name === '..') {
    const hint = 'Give it a name of letters and digits: files are named after it.'
    reader.problem('error', 'localrepository', `'${name}' cannot be the name of an account`, hint)
  }
  const autorefresh = reader.number('autorefresh') ?? 0
  if (autorefresh < 0) reader.problem('warning', 'autorefresh', 'autorefresh below 0 is read as 0', 'Leave it out.')
  const localName = findRepository(reader, 'localrepository', context)
  const remoteName = findRepository(reader, 'remoterepository', context)
  const infoSeparator = reader.boolean('maildir-windows-compatible') ? '!' : ':'
  const local = localName === undefined ? undefined : readLocal(localName, infoSeparator, context)
  const remote = remoteName === undefined ? undefined : readImap(remoteName, context)
  if (local === undefined || remote === undefined) return undefined
  return {
    name,
    local,
    remote,
    autorefresh: Math.max(0, autorefresh),
    quick: reader.number('quick') ?? 0,
    utf8FolderNames: readUtf8FolderNames(reader, remoteName, context),
    ...readWindow(reader, local, remote),
    filterHeaders: reader.list('filterheaders'),
    ...readLabels(reader, local, remote),
    ...hook('preSyncHook', reader.text('presynchook')),
    ...hook('postSyncHook', reader.text('postsynchook')),
    writeOfflineImapState: reader.boolean('write-offlineimap-state') ?? false,
    ...readProxies(reader),
  }
}

/** Where one of the sides has no labels, OfflineIMAP says so once and syncs the rest. */
function readLabels(
  reader: AccountReader,
  local: AccountConfig['local'],
  remote: AccountConfig['remote'],
): Pick<AccountConfig, 'labels'> {
  if (!reader.boolean('synclabels')) return {}
  const header = reader.text('labelsheader') || 'X-Keywords'
  if (!/^[A-Za-z0-9-]+$/.test(header)) {
    const hint = 'Write a word of letters, digits and hyphens, such as X-Keywords.'
    reader.problem('error', 'labelsheader', `labelsheader is '${header}', which is no name of a header`, hint)
  }
  if (remote.type === 'Gmail' && local.type === 'GmailMaildir') {
    return { labels: { header, ignored: reader.list('ignorelabels') } }
  }
  const hint = 'Set type = Gmail for the server and type = GmailMaildir for this machine, or leave synclabels out.'
  reader.problem('warning', 'synclabels', 'labels are not synced: one of the repositories has none', hint)
  return {}
}

function readLocal(
  name: string,
  infoSeparator: MaildirConfig['infoSeparator'],
  context: ReaderContext,
): AccountConfig['local'] {
  const isImap = kindOf(`Repository ${name}`, context.rc) === 'imap'
  return isImap ? readImap(name, context) : readMaildir(name, infoSeparator, context)
}

/** `decodefoldernames` of the remote repository means the same; OfflineIMAP 8 crashes with it. */
function readUtf8FolderNames(reader: AccountReader, remoteName: string | undefined, context: ReaderContext): boolean {
  const isDecoded = reader.boolean('utf8foldernames') ?? false
  if (isDecoded || remoteName === undefined) return isDecoded
  return createSectionReader(`Repository ${remoteName}`, imapOptions, context).boolean('decodefoldernames') ?? false
}

function hook<Name extends string>(name: Name, command: string | undefined): { readonly [_ in Name]?: string } {
  return (command === undefined || command === '' ? {} : { [name]: command }) as { readonly [_ in Name]?: string }
}

/** At most one of maxage and the two sides' startdate, as in OfflineIMAP. */
function readWindow(
  reader: AccountReader,
  local: AccountConfig['local'],
  remote: AccountConfig['remote'],
): Pick<AccountConfig, 'maxAge' | 'maxSize'> {
  const maxAge = readMaxAge(reader)
  const maxSize = reader.number('maxsize')
  if (maxSize !== undefined && maxSize < 1) {
    reader.problem('error', 'maxsize', `maxsize is at least 1, ${maxSize} is not`, 'Leave it out for no limit.')
  }
  if ([maxAge, local.startDate, remote.startDate].filter((bound) => bound !== undefined).length > 1) {
    const message = 'maxage and startdate bound the same'
    reader.problem('error', 'maxage', message, 'Set maxage in the account, or startdate in one of its repositories.')
  }
  return { ...(maxAge === undefined ? {} : { maxAge }), ...(maxSize === undefined ? {} : { maxSize }) }
}

function readMaxAge(reader: AccountReader): number | string | undefined {
  const text = reader.text('maxage') ?? ''
  if (text === '' || isDay(text)) return text || undefined
  const days = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (days >= 1) return days
  const message = `maxage is '${text}', which is neither a number of days nor a day`
  reader.problem('error', 'maxage', message, 'Write 365, or YYYY-MM-DD from 1900 on.')
  return undefined
}

/** `authproxy` is the same as `proxy` where it is unset, and none where it is empty. */
function readProxies(reader: AccountReader): Pick<AccountConfig, 'proxy' | 'authProxy'> {
  const proxy = readProxy(reader, 'proxy')
  const authProxy = reader.isSet('authproxy') ? readProxy(reader, 'authproxy') : proxy
  return { ...(proxy === undefined ? {} : { proxy }), ...(authProxy === undefined ? {} : { authProxy }) }
}

function readProxy(reader: AccountReader, option: 'proxy' | 'authproxy'): string | undefined {
  const text = reader.text(option) ?? ''
  if (text === '') return undefined
  if (!/^(socks4|socks5|http):(\[[\da-f:]+\]|[^\s:]+):\d{1,5}$/i.test(text)) {
    // OfflineIMAP goes on without it, and shows the user's address to the server.
    reader.problem('error', option, `${option} is no proxy: '${text}'`, 'Write SOCKS5:host:port, SOCKS4:… or HTTP:….')
  }
  return text
}

/** The name of an account's repository, if there is one of the kind that belongs on this side. */
function findRepository(reader: AccountReader, option: RepositoryOption, { rc }: ReaderContext): string | undefined {
  const name = reader.text(option)
  if (name === undefined && reader.isSet(option)) return undefined
  if (name === undefined || name === '') {
    const hint = 'Name a [Repository …] of this file.'
    reader.problem('error', option, `[${reader.section}] lacks ${option}`, hint)
    return undefined
  }
  const section = `Repository ${name}`
  if (!rc.has(section)) {
    const names = rc.sections.flatMap((found) => /^Repository (.+)$/s.exec(found.name)?.[1] ?? [])
    const meant = nearest(name, names)
    const hint = meant === undefined ? `Add a section [${section}].` : `Did you mean ${meant}?`
    reader.problem('error', option, `${option} is '${name}', but there is no [${section}]`, hint)
    return undefined
  }
  const { kinds, type, side } = wanted[option]
  const found = kindOf(section, rc)
  // A type that is missing or unknown has been reported at the repository.
  if (found === 'repository') return undefined
  if (!kinds.some((kind) => kind === found)) {
    const hint = `The ${side} repository is to have type = ${type}; are the two exchanged?`
    const message = `${option} is '${name}', whose type cannot be on the ${side} side`
    reader.problem('error', option, message, hint)
    return undefined
  }
  return name
}

/** Every `[Repository …]` has a type, one that this version carries out. */
export function checkRepositoryTypes(context: ReaderContext): void {
  for (const { name: section, origin } of context.rc.sections) {
    if (!/^Repository ./.test(section)) continue
    const type = context.rc.get(section, 'type')
    if (type !== undefined && 'fault' in type) continue
    const finding = checkType(section, type?.value)
    if (finding === undefined) continue
    const place = context.rc.raw(section, 'type')?.origin ?? origin
    context.report({ severity: 'error', ...place, section, option: 'type', ...finding })
  }
}

function checkType(section: string, type: string | undefined): { message: string; hint: string } | undefined {
  switch (type) {
    case 'Maildir':
    case 'GmailMaildir':
    case 'IMAP':
    case 'Gmail':
      return undefined
    case undefined:
      return { message: `[${section}] lacks its type`, hint: 'Write type = Maildir or type = IMAP.' }
    default: {
      const meant = nearest(type, Object.keys(repositoryTypes))
      const hint = meant === undefined ? 'Write Maildir or IMAP.' : `Did you mean ${meant}?`
      return { message: `there is no type '${type}'`, hint }
    }
  }
}
