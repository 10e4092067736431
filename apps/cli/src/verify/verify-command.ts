import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { printable } from '../lines/printable.ts'
import { eachAccount } from '../modes/each-account.ts'
import { type AccountRun, namesOf } from '../run/account-run.ts'
import { prepare } from '../run/prepare.ts'
import type { Surroundings } from '../run/surroundings.ts'
import { verifyAccount } from './verify-account.ts'
import { verifiedAsJson } from './verify-json.ts'
import { folderLines, type SummaryOptions, summaryLines } from './verify-lines.ts'

/** What the command line says of a verification. */
export interface VerifyFlags {
  readonly deep: boolean
  readonly repair: boolean
  readonly json: boolean
}

/** Says exactly what differs between the server, the local mail and the status, on standard output; errors go elsewhere. */
export async function verifyCommand(asked: VerifyFlags, flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings, 'ttyui')
  if (prepared === undefined) return exitCodes.failed
  let differs = false
  // A signal may end the work: what was not looked at was not found to be the same.
  let failed = true
  try {
    const code = await eachAccount(prepared, flags, surroundings, async (run) => {
      const { report, errors, stoppedBy } = await verifyAccount(run, asked)
      for (const { error, where } of errors) {
        for (const line of errorLines(error, { where })) run.output.show(line)
      }
      if (stoppedBy) throw stoppedBy
      failed = errors.length > 0
      differs ||= report.folders.some(({ differences }) => differences.length > 0)
      if (asked.json) {
        const found = { ...report, errors: errors.map(({ error }) => error) }
        process.stdout.write(verifiedAsJson(run.account.name, asked, found))
      } else
        process.stdout.write(
          linesOf(run, { ...asked, failures: errors.length }, report.folders)
            .map((line) => `${line}\n`)
            .join(''),
        )
    })
    if (code !== exitCodes.done) return code
    if (failed) return exitCodes.failed
    return differs ? exitCodes.differencesFound : exitCodes.done
  } finally {
    prepared.output.close()
  }
}

function linesOf(
  { account }: AccountRun,
  asked: SummaryOptions,
  folders: Parameters<typeof summaryLines>[2],
): string[] {
  const names = namesOf(account)
  return [...folders.flatMap((folder) => folderLines(names, folder)), ...summaryLines(names, asked, folders)].map(
    printable,
  )
}
