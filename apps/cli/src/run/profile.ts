import type { ServerHabits, ServerSigns } from '@mailtide/backend-imap'
import { folderPath, type Side } from '@mailtide/contracts'
import { backoffOf, holdsMail, profileFor, type ServerProfile } from '@mailtide/server-profiles'
import { readableFolder } from '../lines/folder-name.ts'

/** What is known of a server of an account; more, as it shows more of itself. */
export interface ServerKnowledge {
  readonly profile: ServerProfile
  /** How it wants to be treated, now that it has shown so much. */
  adapt(signs: ServerSigns): ServerHabits
  /** Whether a folder, by the server's own name, holds mail, and not a calendar or an address book. */
  holdsMail(name: string, separator: string): boolean
}

/** What the servers of an account are known by, once they have been looked for. */
export type KnownServers = Partial<Record<Side, ServerKnowledge>>

/** Which server it is, and what the user has said of it. */
export interface KnowledgeSetting {
  readonly host: string
  /** `maxconnections`, where the rc sets it. */
  readonly maxConnections: number | undefined
  /** At most one connection (`-1`). */
  readonly single: boolean
  readonly utf8FolderNames: boolean
  warn(text: string): void
}

/** Begins with what the name of the host tells. */
export function createServerKnowledge(setting: KnowledgeSetting): ServerKnowledge {
  const { host, maxConnections, single, utf8FolderNames, warn } = setting
  let profile = profileFor({ host })
  let hasWarned = false
  return {
    get profile() {
      return profile
    },
    adapt({ greeting, capabilities, id }) {
      profile = profileFor({ host, greeting, capabilities, id })
      return habitsOf(profile, connectionsFor(profile))
    },
    holdsMail: (name, separator) => holdsMail(profile, segmentsOf(name, separator, utf8FolderNames)),
  }

  function connectionsFor({ connections, connectionLimit = Number.POSITIVE_INFINITY, title }: ServerProfile): number {
    if (single) return 1
    if (maxConnections === undefined) return connections
    if (maxConnections > connectionLimit && !hasWarned) {
      hasWarned = true
      warn(`maxconnections is ${maxConnections}, and ${title} allows ${connectionLimit}: ${connectionLimit} are used`)
    }
    return Math.min(maxConnections, connectionLimit)
  }
}

function habitsOf(profile: ServerProfile, connections: number): ServerHabits {
  const { avoid, longestCommand, appendLimit, habits, idleMinutes } = profile
  const rangesFail = habits.includes('ranges-fail')
  const isUnreadable = (response: string) => rangesFail && /\[UNAVAILABLE\] UID FETCH/i.test(response)
  return {
    avoid,
    connections,
    longestCommand,
    ...(appendLimit !== undefined && { appendLimit }),
    confirmDeletions: habits.includes('confirm-deletions'),
    rangesFail,
    slow: habits.includes('slow'),
    idleLies: habits.includes('idle-lies'),
    idleMinutes,
    // Where ranges fail, that says nothing of the moment: what helps is to pass over the one message.
    backoff: (response) => (isUnreadable(response) ? undefined : backoffOf(response, profile)),
  }
}

/** Why a folder is left out that no filter of the rc speaks of, if that is because it holds no mail. */
export function whyNoMail(
  server: ServerKnowledge | undefined,
  config: { readonly folderFilter?: unknown },
  { name, separator }: { readonly name: string; readonly separator: string },
): string | undefined {
  if (!server || config.folderFilter !== undefined || server.holdsMail(name, separator)) return undefined
  return `${server.profile.title} keeps no mail there`
}

/** The levels of a folder's name as people read them. */
function segmentsOf(name: string, separator: string, utf8FolderNames: boolean): string[] {
  const readable = (segment: string) => readableFolder(folderPath([segment]), utf8FolderNames)
  return (separator === '' ? [name] : name.split(separator)).map(readable)
}
