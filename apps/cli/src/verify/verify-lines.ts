import { type BothSides, type FlagSet, type MessageId, otherSide, type Side, sortedFlags } from '@mailtide/contracts'
import type { Difference, FolderVerification, Outlook, Repairs } from '@mailtide/engine'
import { type AccountNames, countOf } from '../lines/names.ts'

/** So many messages of a folder are named for each kind of difference; of the others it is told how many they are. */
const mostNamed = 20

const places = { local: 'here', remote: 'on the server' } as const

/** What was found in one folder: nothing, where nothing differs. */
export function folderLines(names: AccountNames, folder: FolderVerification): string[] {
  const { folders, counts, differences, repairs } = folder
  if (differences.length === 0) return []
  const { pairs, messages } = counts
  const looked = `${countOf(pairs, 'pair')}, ${messages.local} here, ${messages.remote} on the server`
  const lines = [`${names.folderName(folders.remote)}: ${countOf(differences.length, 'difference')} (${looked})`]
  const groups = Map.groupBy(differences, kindOf)
  for (const group of groups.values()) {
    for (const difference of group.slice(0, mostNamed)) lines.push(`  ${describeDifference(difference)}`)
    const more = group.length - mostNamed
    if (more > 0) lines.push(`  and so with ${countOf(more, 'message')} more`)
  }
  if (repairs) lines.push(`  ${describeRepairs(repairs)}`)
  return lines
}

/** What the lines at the end depend on besides what was found. */
export interface SummaryOptions {
  readonly deep: boolean
  readonly repair: boolean
  /** What could not be looked at. */
  readonly failures: number
}

/** How it went as a whole. */
export function summaryLines(
  { account }: Pick<AccountNames, 'account'>,
  { deep, repair, failures }: SummaryOptions,
  folders: readonly FolderVerification[],
): string[] {
  const sum = (count: (folder: FolderVerification) => number) => folders.reduce((total, one) => total + count(one), 0)
  const all = folders.flatMap(({ differences }) => differences)
  const compared = deep ? `, ${sum(({ counts }) => counts.compared)} compared octet for octet` : ''
  const looked = `${countOf(folders.length, 'folder')}, ${countOf(
    sum(({ counts }) => counts.pairs),
    'pair',
  )}${compared}`
  const lines = [`${account}: ${looked}: ${all.length === 0 ? 'nothing differs' : verdictOn(all)}`]
  if (failures > 0) lines.push(`  not looked at, as something failed: ${countOf(failures, 'folder')}`)
  const altered = sum(({ counts }) => counts.altered)
  if (altered > 0) lines.push(`  ${countOf(altered, 'message')} only stored in another form by the server`)
  const left = sum(({ counts }) => counts.left)
  if (left > 0) lines.push(`  left as it is by the rules, and no difference: ${left}`)
  const unfinished = sum(({ counts }) => counts.unfinished)
  if (unfinished > 0)
    lines.push(`  ${countOf(unfinished, 'message')} that a sync which was cut off was copying: the next one settles it`)
  if (!repair && all.some((difference) => isUnseen(difference) || difference.kind === 'miscounted')) {
    lines.push(
      `  mailtide verify ${account} --repair mends the state, so that the next sync sees all; it touches no mail`,
    )
  }
  return lines
}

/** One difference in words. */
function describeDifference(difference: Difference): string {
  switch (difference.kind) {
    case 'new': {
      const { side, id, outlook } = difference
      return `${nameOf(side, id)}: new ${places[side]}, ${outlookOf(outlook)}`
    }
    case 'gone': {
      const { ids, from, outlook } = difference
      const where = from === 'both' ? 'on both sides' : places[from]
      const then = from === 'both' ? '' : `, which removes it ${places[otherSide(from)]}`
      return `${pairOf(ids)}: gone ${where}, ${outlookOf(outlook)}${outlook === 'waiting' ? then : ''}`
    }
    case 'renamed': {
      const { ids, side, now, outlook } = difference
      return `${pairOf(ids)}: is now ${nameOf(side, now)} ${places[side]}, ${outlookOf(outlook)}`
    }
    case 'flags':
    case 'labels': {
      const { kind, side, ids, added, dropped, outlook } = difference
      return `${pairOf(ids)}: ${kind} ${places[side]} ${changeIn(added, dropped)}, ${outlookOf(outlook)}`
    }
    case 'octets': {
      const { ids, onlyInHeaders, sizes } = difference
      const headers = onlyInHeaders?.map((name) => name || '(a line that is no header)').join(', ')
      return headers === undefined
        ? `${pairOf(ids)}: the message differs (${sizes.local} octets here, ${sizes.remote} on the server)`
        : `${pairOf(ids)}: the message differs in the header ${headers} only`
    }
    case 'unreadable':
      return `${pairOf(difference.ids)}: cannot be read ${places[difference.side]}: ${difference.error.message}`
    case 'epoch': {
      const { side, was, is } = difference
      return `another UIDVALIDITY ${places[side]} (${was} was saved, now it is ${is}): nothing else can be said`
    }
    case 'miscounted':
      return `the state has ${countOf(difference.pairs, 'pair')} and counts ${difference.noted}`
    case 'folder':
      return `there is no such folder ${places[difference.missingOn]}: waits for the next sync, which creates it`
  }
}

function verdictOn(differences: readonly Difference[]): string {
  const unseen = differences.filter(isUnseen).length
  const waiting = differences.filter(isWaiting).length
  const rest = differences.length - unseen - waiting
  return [
    ...(waiting > 0 ? [`${waiting} for the next sync to settle`] : []),
    ...(unseen > 0 ? [`${unseen} that the next sync would not see`] : []),
    ...(rest > 0 ? [`${rest} that no sync settles`] : []),
  ].join(', ')
}

function describeRepairs({ forgotten, paired, recounted, reset }: Repairs): string {
  const done = [
    ...(forgotten > 0 ? [`${countOf(forgotten, 'pair')} forgotten`] : []),
    ...(paired > 0 ? [`${countOf(paired, 'pair')} made anew`] : []),
    ...(recounted ? ['the pairs counted anew'] : []),
    ...(reset ? ['the next sync lists everything, and settles what differs'] : []),
  ]
  return `repaired: ${done.join('; ')}`
}

function isUnseen(difference: Difference): boolean {
  return 'outlook' in difference && difference.outlook === 'unseen'
}

function isWaiting(difference: Difference): boolean {
  return difference.kind === 'folder' || ('outlook' in difference && difference.outlook === 'waiting')
}

function kindOf(difference: Difference): string {
  const { kind } = difference
  const side = 'side' in difference ? difference.side : 'from' in difference ? difference.from : ''
  return `${kind} ${side} ${'outlook' in difference ? difference.outlook : ''}`
}

function outlookOf(outlook: Outlook): string {
  return outlook === 'waiting' ? 'waits for the next sync' : 'and the next sync would not see it'
}

function nameOf(side: Side, id: MessageId): string {
  return side === 'remote' ? `UID ${id}` : id
}

function pairOf({ local, remote }: BothSides<MessageId>): string {
  return `UID ${remote} (${local})`
}

function changeIn(added: FlagSet, dropped: FlagSet): string {
  return [...sortedFlags(added).map((flag) => `+${flag}`), ...sortedFlags(dropped).map((flag) => `-${flag}`)].join(' ')
}
