/** Who and when: what makes a base name unlike all others. */
export interface NameSource {
  readonly now: () => Date
  readonly processId: number
  readonly hostName: string
}

/**
 * Gives out base names; `U=` only for an id that is an IMAP UID.
 *
 * | time    | name                                                      |
 * | ------- | --------------------------------------------------------- |
 * | present | `<now>_<seq>.<pid>.<host>,U=<uid>,FMD5=<hash>`            |
 * | another | `<time>_<now><seq>.<pid>.<host>,U=<uid>,FMD5=<hash>`      |
 */
export type BaseNames = (id: string, folderHash: string, time?: Date) => string

/**
 * Base names that never repeat: counted within a second, and the second never goes back with the clock. It stays in
 * names that bear another time, because many messages have the same date.
 */
export function createBaseNames({ now, processId, hostName }: NameSource): BaseNames {
  const host = hostName.replace(/[^A-Za-z0-9._-]/g, '-')
  let second = 0
  let sequence = 0
  return (id, folderHash, time) => {
    const current = Math.floor(now().getTime() / 1000)
    if (current > second) {
      second = current
      sequence = 0
    }
    const uid = /^[1-9]\d{0,19}$/.test(id) ? `,U=${id}` : ''
    const shown = time === undefined ? `${second}_` : `${Math.floor(time.getTime() / 1000)}_${second}`
    return `${shown}${sequence++}.${processId}.${host}${uid},FMD5=${folderHash}`
  }
}
