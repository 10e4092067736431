import { explainOption } from '@mailtide/config'
import { exitCodes } from '../exit-codes.ts'
import { printable } from '../lines/printable.ts'

/** Explains an option of the configuration. */
export function explainCommand(option: string): number {
  const explanation = explainOption(option)
  if ('text' in explanation) {
    process.stdout.write(explanation.text)
    return exitCodes.done
  }
  const hint = explanation.meant === undefined ? '' : ` Did you mean ${explanation.meant}?`
  process.stderr.write(`mailtide: ${printable(option)} is no option.${hint}\n`)
  return exitCodes.failed
}
