import type { AccountConfig } from './config.ts'
import { nearest } from './nearest.ts'
import { kindOf, repositoryTypes } from './option-table.ts'
import { accountOptions } from './options-account.ts'
import { readImap } from './read-imap.ts'
import { readMaildir } from './read-maildir.ts'
import { createSectionReader, type ReaderContext, type SectionReader } from './section-reader.ts'

type AccountReader = SectionReader<typeof accountOptions>
type RepositoryOption = 'localrepository' | 'remoterepository'

const wanted = {
  localrepository: { kind: 'maildir', type: 'Maildir', side: 'local' },
  remoterepository: { kind: 'imap', type: 'IMAP', side: 'remote' },
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
  const local = localName === undefined ? undefined : readMaildir(localName, infoSeparator, context)
  const remote = remoteName === undefined ? undefined : readImap(remoteName, context)
  if (local === undefined || remote === undefined) return undefined
  return {
    name,
    local,
    remote,
    autorefresh: Math.max(0, autorefresh),
    quick: reader.number('quick') ?? 0,
    utf8FolderNames: reader.boolean('utf8foldernames') ?? false,
    ...readProxies(reader),
  }
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
  const { kind, type, side } = wanted[option]
  const found = kindOf(section, rc)
  // A type that is missing or unknown has been reported at the repository.
  if (found === 'repository') return undefined
  if (found !== kind) {
    const hint = `The ${side} repository is to have type = ${type}; are the two exchanged?`
    const message = `${option} is '${name}', whose type cannot be on the ${side} side in this version of mailtide`
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
