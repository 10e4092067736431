import { runProgram } from '@mailtide/run-program'

/** Who owns a test server's mail and runs its programs. */
export interface MailOwner {
  readonly uid: number
  readonly gid: number
  readonly name: string
  readonly group: string
}

/** `nobody` where we are root, since mail servers refuse to be; otherwise we ourselves. */
export async function findMailOwner(): Promise<MailOwner> {
  const who = process.getuid?.() === 0 ? ['nobody'] : []
  const [uid, gid, name, group] = await Promise.all(['-u', '-g', '-un', '-gn'].map((flag) => idOf(flag, ...who)))
  return { uid: Number(uid), gid: Number(gid), name: name ?? '', group: group ?? '' }
}

async function idOf(...args: string[]): Promise<string> {
  const { stdout } = await runProgram({ command: 'id', args, timeout: 10_000 })
  return Buffer.from(stdout).toString().trim()
}
