import { existsSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { asMailtideError } from '@mailtide/contracts'
import { makeDirectories, replaceFile } from '@mailtide/durable-fs'
import { errorLines } from '../lines/error-lines.ts'
import { accountSpeaker } from '../lines/names.ts'
import { type AccountRun, namesOf } from '../run/account-run.ts'
import type { Output } from '../run/output.ts'

/** CPU profiles of syncs (`-P`). */
export interface Profiles {
  /** Does the same, and writes a profile of each call: one for each sync of an account. */
  around<Args extends readonly unknown[], Result>(
    work: (run: AccountRun, ...args: Args) => Promise<Result>,
  ): (run: AccountRun, ...args: Args) => Promise<Result>
}

/**
 * Makes the directory of the profiles; undefined if that cannot be done, which was told. Each is a JSON file of V8's, as
 * Chrome and speedscope open them, `<YYYYmmddHHMMSS>_<account>.prof`. One account at a time is to be at work.
 */
export async function openProfiles(directory: string, output: Pick<Output, 'show'>): Promise<Profiles | undefined> {
  try {
    if (existsSync(directory)) {
      output.show({ level: 'warning', text: `The directory of profiles is there already: ${directory}` })
    }
    await makeDirectories(directory, { mode: 0o777, durable: false })
  } catch (thrown) {
    for (const line of errorLines(asMailtideError(thrown, 'run'))) output.show(line)
    return undefined
  }
  return {
    around:
      (work) =>
      async (run, ...args) => {
        const file = join(directory, `${timeOf(new Date())}_${run.account.name.replaceAll('/', '_')}.prof`)
        const { result, profile } = await profiled(() => work(run, ...args))
        const speaker = accountSpeaker(namesOf(run.account))
        try {
          await replaceFile(file, JSON.stringify(profile), { durable: false })
          output.show({ level: 'info', text: `Profile written: ${file}`, speaker })
        } catch (thrown) {
          const error = asMailtideError(thrown, 'account')
          for (const line of errorLines(error, { level: 'warning' })) output.show({ ...line, speaker })
        }
        return result
      },
  }
}

async function profiled<Result>(work: () => Promise<Result>) {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
    const result = await work()
    const { profile } = await session.post('Profiler.stop')
    return { result, profile }
  } finally {
    session.disconnect()
  }
}

/** `20240229235959`, in local time. */
function timeOf(now: Date): string {
  const parts = [now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds()]
  return [now.getFullYear(), ...parts.map((part) => String(part).padStart(2, '0'))].join('')
}
