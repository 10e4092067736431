import { type BothSides, MailtideError, type Side } from '@mailtide/contracts'
import { quoted } from './folder-name.ts'
import type { NamingRules } from './naming-rules.ts'

/** Two remote folders would end up in one local folder. */
export function foldersCollide(
  remotes: readonly [string, string],
  local: string,
  rules: BothSides<NamingRules>,
): MailtideError {
  const names = remotes.map(quoted).join(' and ')
  const message = `The remote folders ${names} would both be ${quoted(local)} locally (${describeRules(rules)})`
  return new MailtideError('folder-rules/collision', message, {
    scope: 'account',
    hint: hasTranslation(rules)
      ? 'Change nametrans so that each has a name of its own, or leave one of them out with folderfilter.'
      : `The separators differ: give one of them another name with nametrans, such as 'map: ${quoted(remotes[1])} -> another name', leave it out with folderfilter, or set sep = ${rules.remote.separator} in a new local repository.`,
  })
}

/** A local folder that would have to be created remotely would then be another folder locally. */
export function doesNotLeadBack(
  names: { readonly local: string; readonly remote: string; readonly back: string | undefined },
  rules: BothSides<NamingRules>,
): MailtideError {
  const { local, remote, back } = names
  const end = back === undefined ? 'has no name locally' : `is ${quoted(back)} locally`
  const message = `The local folder ${quoted(local)} would be created as ${quoted(remote)} on the remote, but that one ${end} (${describeRules(rules)})`
  return new MailtideError('folder-rules/no-way-back', message, { scope: 'account', hint: inverseHint(local, rules) })
}

/** A rule did not answer once for each name. */
export function answersMissing(option: string, side: Side, asked: number, answered: number): MailtideError {
  const message = `${option} of the ${side} repository was asked about ${asked} folders and answered for ${answered}`
  return new MailtideError('folder-rules/answers-missing', message, { scope: 'account' })
}

/** A rule in plain words cannot be read. */
export function unreadableRule(what: string, place: { readonly at: number; readonly near: string }): MailtideError {
  const where = place.near === '' ? 'at the end' : `at character ${place.at + 1}: ${quoted(place.near)}`
  return new MailtideError('folder-rules/unreadable', `${what} (${where})`, {
    scope: 'account',
    hint: 'Such as "include: INBOX, Lists/*", "exclude: Trash", "strip-prefix: INBOX.", "prefix: Old/" or "map: Sent Mail -> sent"; a name with a comma goes in double quotes.',
  })
}

function hasTranslation({ local, remote }: BothSides<NamingRules>): boolean {
  return Boolean(local.translate ?? remote.translate ?? local.invert ?? remote.invert)
}

function describeRules(rules: BothSides<NamingRules>): string {
  const describe = (side: Side) => {
    const { translate, describe: text, separator } = rules[side]
    const rule = text?.nametrans ?? (translate ? 'of its own' : 'none')
    return `${side} nametrans: ${rule.replace(/\s+/g, ' ')}, separator ${quoted(separator)}`
  }
  return `${describe('remote')}; ${describe('local')}`
}

function inverseHint(name: string, { local, remote }: BothSides<NamingRules>): string {
  const or = 'or set createfolders = no in the remote repository, or leave the folder out with its own folderfilter'
  if (local.translate && !remote.translate) {
    return `Give the remote repository a nametrans that undoes the local one, ${or}.`
  }
  const way = `that turns ${quoted(name)} into the name from which the remote nametrans makes it`
  return `Give the local repository a nametrans ${way}, ${or}. Rules in plain words (strip-prefix, prefix, map) need no inverse.`
}
