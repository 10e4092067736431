import type { ServerProfile } from './profile.ts'

/**
 * Whether a folder holds mail. Its segments come outermost first, in UTF-8; only the outermost is looked at, since what is
 * below a calendar is none either, and a folder `Work/Notes` may well be mail.
 */
export function holdsMail(profile: ServerProfile, segments: readonly string[]): boolean {
  const outermost = segments[0]?.normalize('NFC').toLowerCase()
  return outermost === undefined || !profile.notMail.includes(outermost)
}
