/** Who and when: what makes a base name unlike all others. */
export interface NameSource {
  readonly now: () => Date
  readonly processId: number
  readonly hostName: string
}

/** Gives out base names `<time>_<seq>.<pid>.<host>,U=<uid>,FMD5=<hash>`; `U=` only for an id that is an IMAP UID. */
export type BaseNames = (id: string, folderHash: string) => string

/** Base names that never repeat: counted within a second, and the second never goes back with the clock. */
export function createBaseNames({ now, processId, hostName }: NameSource): BaseNames {
  const host = hostName.replace(/[^A-Za-z0-9._-]/g, '-')
  let second = 0
  let sequence = 0
  return (id, folderHash) => {
    const current = Math.floor(now().getTime() / 1000)
    if (current > second) {
      second = current
      sequence = 0
    }
    const uid = /^[1-9]\d{0,19}$/.test(id) ? `,U=${id}` : ''
    return `${second}_${sequence++}.${processId}.${host}${uid},FMD5=${folderHash}`
  }
}
