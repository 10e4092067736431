import { type AccountConfig, type Config, formatProblem, readConfig } from '@mailtide/config'
import { asMailtideError } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { errorLines } from '../lines/error-lines.ts'
import type { UiName } from '../lines/show-lines.ts'
import { createPrompt, type Prompt } from '../login/prompt.ts'
import { type ChosenUi, chooseUi, chooseUiOfRc } from './choose-ui.ts'
import { createOutput, type Output } from './output.ts'
import { placesOfRc, readRc } from './read-rc.ts'
import type { Surroundings } from './surroundings.ts'

/** A run that can begin. */
export interface Prepared {
  readonly general: Config['general']
  /** The accounts to sync, in order. */
  readonly accounts: readonly AccountConfig[]
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
    const isAsking = (chosen?.ui ?? fallbackUi(flags)) === 'ttyui'
    if (flags.log !== undefined) output.logTo(flags.log, surroundings.words)
    for (const line of chosen?.warnings ?? []) output.show(line)
    for (const problem of [...rc.problems, ...problems]) {
      output.show({ level: problem.severity, text: formatProblem(problem), continues: true })
    }
    if (config === undefined) {
      output.close()
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
    return { general, accounts, output, prompt: isAsking ? createTerminalPrompt() : undefined }
  } catch (thrown) {
    for (const line of errorLines(asMailtideError(thrown, 'run'), { showStack: showDebug })) output.show(line)
    output.close()
    return undefined
  }
}

function createTerminalPrompt(): Prompt | undefined {
  const { stdin: input, stderr: output } = process
  return createPrompt({ input, output, interrupt: () => process.kill(process.pid, 'SIGINT') })
}

function chosenUi(asked: string | undefined, ofRc: string | undefined): ChosenUi | undefined {
  if (asked !== undefined) return chooseUi(asked)
  return ofRc === undefined ? undefined : chooseUiOfRc(ofRc)
}

/** Until the rc file is read, the user interface is the one of the command line, as far as it is one. */
function fallbackUi({ ui }: RunFlags): UiName {
  try {
    return ui === undefined ? 'ttyui' : chooseUi(ui).ui
  } catch {
    return 'ttyui'
  }
}
