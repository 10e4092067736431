import type { FolderPair, SyncEvent } from '@mailtide/contracts'
import { errorLines } from './error-lines.ts'
import type { Line } from './line.ts'
import { type AccountNames, accountSpeaker, countOf, folderSpeaker, placeOf } from './names.ts'
import { createPlannedSteps, type PlannedSteps } from './planned-steps.ts'
import { type FolderResult, summaryOf } from './summary.ts'

/** What the lines depend on besides the events. */
export interface EventLinesOptions {
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number
  readonly showStack?: boolean
}

/** Creates the function that turns one account's events into lines, in the words of OfflineIMAP where it has them. */
export function createEventLines(names: AccountNames, options: EventLinesOptions): (event: SyncEvent) => Line[] {
  const results: FolderResult[] = []
  const planned = new Map<string, PlannedSteps>()
  let started = 0
  let isDry = false

  function plannedIn(folders: FolderPair): PlannedSteps {
    const key = JSON.stringify(folders)
    const found = planned.get(key) ?? createPlannedSteps(names, folders)
    planned.set(key, found)
    return found
  }
  const dry = (text: string) => (isDry ? `[DRYRUN] ${text}` : text)
  const account = (text: string): Line => ({ level: 'info', text, speaker: accountSpeaker(names) })
  const folder = (folders: FolderPair, text: string): Line => {
    return { level: 'info', text, speaker: folderSpeaker(names, folders) }
  }

  return (event) => {
    switch (event.type) {
      case 'account-started':
        started = options.now()
        isDry = event.dryRun
        return [
          account(`*** Processing account ${names.account}${isDry ? ' (dry run)' : ''}`),
          account(`Establishing connection to ${names.server} (${names.repositories.remote.name})`),
        ]
      case 'surveyed':
        return [account(`${countOf(event.folders, 'folder')}, ${event.mayHaveChanged} may have changed`)]
      case 'folder-created': {
        const { name } = names.repositories[event.side]
        return [account(dry(`Creating folder ${names.folderName(event.path)}[${name}]`))]
      }
      case 'folder-skipped': {
        const path = names.folderName(event.path)
        return [{ ...account(`${path} is skipped: ${event.reason}`), level: 'warning' }]
      }
      case 'folder-started': {
        const { local, remote } = names.repositories
        const name = names.folderName(event.folders.remote)
        return [folder(event.folders, `Syncing ${name}: ${remote.type} -> ${local.type}`)]
      }
      case 'step-planned':
        plannedIn(event.folders).add(event.step)
        return []
      case 'inherited':
        return [folder(event.folders, `Took over ${countOf(event.messages, 'message')}: nothing is copied for them`)]
      case 'inheritance-void': {
        const text = `UIDVALIDITY changed (${event.was ?? 'none'} was saved, now it is ${event.is})`
        return [{ ...folder(event.folders, `${text}: both sides are compared message by message`), level: 'warning' }]
      }
      case 'messages-copied': {
        const { folders, to, messages, bytes } = event
        const way = `${placeOf(names, to === 'local' ? 'remote' : 'local', folders)} -> ${placeOf(names, to, folders)}`
        return [folder(folders, `Copy messages: ${messages} (${sizeOf(bytes)}) ${way}`)]
      }
      case 'folder-finished':
        results.push(event)
        if (isDry)
          return plannedIn(event.folders)
            .lines()
            .map((text) => folder(event.folders, text))
        return finishedLines(names, event).map((text) => folder(event.folders, text))
      case 'held':
        return heldLines(names, event).map((text, index) => {
          return { ...folder(event.folders, text), level: 'warning', continues: index > 0 }
        })
      case 'failed':
        return failedLines(names, event, options.showStack)
      case 'account-finished':
        return [
          account(`${names.account}: ${dry(summaryOf(names, results))}${failuresOf(event.failures)}`),
          account(`*** Finished account '${names.account}' in ${durationOf(options.now() - started)}`),
        ]
    }
  }
}

function finishedLines(names: AccountNames, { folders, counts }: FolderResult): string[] {
  return (['local', 'remote'] as const).flatMap((side) => {
    const { removed, flagged, labelled = 0 } = counts[side]
    const place = placeOf(names, side, folders)
    return [
      ...(removed > 0 ? [`Deleted ${countOf(removed, 'message')} in ${place}`] : []),
      ...(flagged > 0 ? [`Changed the flags of ${countOf(flagged, 'message')} on ${place}`] : []),
      ...(labelled > 0 ? [`Changed the labels of ${countOf(labelled, 'message')} on ${place}`] : []),
    ]
  })
}

function heldLines(names: AccountNames, event: Extract<SyncEvent, { type: 'held' }>): string[] {
  // The failure that comes with a new UIDVALIDITY tells it all.
  if (event.reason === 'epoch-changed') return []
  const place =
    event.side === undefined ? names.folderName(event.folders.remote) : placeOf(names, event.side, event.folders)
  return [
    `${countOf(event.messages, 'deletion')} in ${place} held back: more than half of the account would go`,
    '  Look whether the mail is really gone on the other side. If it is meant to be, run once with --allow-deletions.',
  ]
}

function failedLines(
  names: AccountNames,
  { error, folders, side }: Extract<SyncEvent, { type: 'failed' }>,
  showStack = false,
): Line[] {
  const place = folders && (side === undefined ? names.folderName(folders.remote) : placeOf(names, side, folders))
  const where = `account ${names.account}${place === undefined ? '' : `, folder ${place}`}`
  const speaker = folders ? folderSpeaker(names, folders) : accountSpeaker(names)
  const level = onlyWarnings.includes(error.code) ? 'warning' : 'error'
  return errorLines(error, { where, level, showStack }).map((line) => ({ ...line, speaker }))
}

/** What is no failure of the run: it stays as it is until somebody does something about it. */
export const onlyWarnings: readonly string[] = [
  'engine/epoch-changed',
  'engine/folder-read-only',
  'engine/twins-merged',
]

function failuresOf(failures: number): string {
  return failures === 0 ? '' : ` (${countOf(failures, 'failure')})`
}

function sizeOf(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'] as const
  const step = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10))
  const size = bytes / 1024 ** step
  return `${step === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${units[step]}`
}

/** OfflineIMAP's `m:ss`. */
function durationOf(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
