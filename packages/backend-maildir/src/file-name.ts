import { type MessageId, messageId } from '@mailtide/contracts'

/** What stands between a file's base name and its flags. */
export type InfoSeparator = ':' | '!'

/**
 * A message's file name in its parts:
 *
 * | part     | example                                        |
 * | -------- | ---------------------------------------------- |
 * | `base`   | `1795384006_2.22562.vm,U=4,FMD5=7e33429f…`     |
 * | `info`   | `:2,FS`, or nothing                            |
 *
 * The base name stays with a message while clients change its flags: it is the message's id.
 */
export interface FileName {
  readonly base: string
  readonly info: string
}

/** Takes a file name apart. Both separators are understood, whichever is written here. */
export function parseName(name: string): FileName {
  const end = Math.max(name.lastIndexOf(':2,'), name.lastIndexOf('!2,'))
  return end === -1 ? { base: name, info: '' } : { base: name.slice(0, end), info: name.slice(end) }
}

/** The id of the message whose file has this name: for whoever knows files that another program named. */
export function idOfFileName(name: string): MessageId {
  return messageId(parseName(name).base)
}

/** The flag letters of an info part. */
export function lettersOf(info: string): string {
  return /^.2,([A-Za-z]*)/.exec(info)?.[1] ?? ''
}

/** What stands in an info part behind its flag letters: nothing in any name of ours, and not ours to drop. */
export function remarkOf(info: string): string {
  return info.slice(3 + lettersOf(info).length)
}

/** The name of a file with these flag letters; the info part is always there, in `new` too, as OfflineIMAP does. */
export function formatName(base: string, letters: string, separator: InfoSeparator): string {
  return `${base}${separator}2,${letters}`
}

/** The other side's id from `U=`; only if `FMD5` says that it was given in this very folder. */
export function peerOf(base: string, folderHash: string): MessageId | undefined {
  if (!base.includes(`,FMD5=${folderHash}`)) return undefined
  const uid = /,U=([1-9]\d*)/.exec(base)?.[1]
  return uid === undefined ? undefined : messageId(uid)
}

/** The base name with another hash in the place of this one; undefined if it does not have this one. */
export function withHash(base: string, folderHash: string, other: string): string | undefined {
  const [wanted, written] = [`,FMD5=${folderHash}`, `,FMD5=${other}`]
  return base.includes(wanted) ? base.replace(wanted, written) : undefined
}

/** Whether OfflineIMAP or mailtide gave a file this name. */
export function isOurName(name: string): boolean {
  return /^\d+_\d+\.\d+\.[^,/]*(?:,U=\d+)?,FMD5=[0-9a-f]{32}[:!]2,[A-Za-z]*$/.test(name)
}
