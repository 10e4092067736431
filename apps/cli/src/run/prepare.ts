import { type AccountConfig, type Config, formatProblem, type MbnamesConfig, readConfig } from '@mailtide/config'
import { asMailtideError } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import type { Prompt } from '../login/prompt.ts'
import { canMoveCursor } from '../ui/open-ui.ts'
import { type ChosenUi, chooseUi, type UiName } from './choose-ui.ts'
import { createOutput, type Output } from './output.ts'
import { placesOfRc, readRc } from './read-rc.ts'
import type { Surroundings } from './surroundings.ts'

/** A run that can begin. */
export interface Prepared {
  readonly general: Config['general']
  /** The accounts to sync, in order. */
  readonly accounts: readonly AccountConfig[]
  /** Undefined where no list of mailboxes is to be written. */
  readonly mbnames: MbnamesConfig | undefined
  readonly output: Output
  /** Undefined where nobody can be asked for a password: OfflineIMAP's `basic` and `quiet` don't ask either. */
  readonly prompt: Prompt | undefined
}

/** Reads the configuration and opens the output; undefined if something is wrong, after having said what. */
export function prepare(flags: RunFlags, surroundings: Surroundings, ui?: UiName): Prepared | undefined {
  const showDebug = flags.trace.length > 0
  let output = createOutput(ui ?? fallbackUi(flags), { showDebug })
  try {
    const rc = readRc(placesOfRc(flags.config, surroundings))
    const { config, problems } = readConfig({
      ...rc,
      home: surroundings.home,
      environment: surroundings.environment,
      directory: surroundings.directory,
      overrides: flags.overrides,
      ...(flags.accounts && { accounts: flags.accounts }),
    })
    const chosen = chosenUi(ui ?? flags.ui, config?.general.ui)
    if (chosen) output = createOutput(chosen.ui, { showDebug })
    if (flags.log !== undefined) output.logTo(flags.log, surroundings.words)
    if (flags.syslog) output.sendToSyslog()
    for (const line of chosen?.warnings ?? []) output.show(line)
    for (const problem of [...rc.problems, ...problems]) {
      output.show({ level: problem.severity, text: formatProblem(problem), continues: true })
    }
    if (config === undefined) {
      giveUp(output)
      return undefined
    }
    const names = flags.accounts ?? config.general.accounts
    const accounts = names.flatMap((name) => config.accounts.get(name) ?? [])
    const general = {
      ...config.general,
      dryRun: config.general.dryRun || flags.dryRun,
      ignoreKeyring: config.general.ignoreKeyring || flags.ignoreKeyring,
      updateKeyring: config.general.updateKeyring || flags.updateKeyring,
    }
    return { general, accounts, mbnames: config.mbnames, output, prompt: output.prompt }
  } catch (thrown) {
    for (const line of errorLines(asMailtideError(thrown, 'run'), { showStack: showDebug })) output.show(line)
    giveUp(output)
    return undefined
  }
}

function giveUp(output: Output): void {
  output.tell({ type: 'run-finished', exitCode: exitCodes.failed })
  output.close()
}

function chosenUi(asked: string | undefined, ofRc: string | undefined): ChosenUi | undefined {
  const wish = asked ?? ofRc
  return wish === undefined ? undefined : chooseUi(wish, obstacleTo)
}

function obstacleTo(ui: UiName): string | undefined {
  const { stdin, stdout, env } = process
  const isPossible = ui !== 'blinkenlights' || (stdin.isTTY && canMoveCursor(stdout, env))
  return isPossible ? undefined : 'needs a terminal'
}

/** Until the rc file is read, the user interface is the one of the command line, as far as it is one. */
function fallbackUi({ ui }: RunFlags): UiName {
  try {
    return ui === undefined ? 'ttyui' : chooseUi(ui, obstacleTo).ui
  } catch {
    return 'ttyui'
  }
}
