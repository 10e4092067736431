import { noSuchUi } from '../errors.ts'
import type { Line } from '../lines/line.ts'
import type { UiName } from '../lines/show-lines.ts'

const known: readonly UiName[] = ['ttyui', 'basic', 'quiet']
const usual: UiName = 'ttyui'

/** A user interface, and what to say of how it was asked for. */
export interface ChosenUi {
  readonly ui: UiName
  readonly warnings: readonly Line[]
}

/**
 * The user interface that `-u` asks for, in any letter case. Of old dotted names only the part after the last dot counts,
 * and of old lists the first that there is; both with a warning.
 */
export function chooseUi(asked: string): ChosenUi {
  const found = findUi(asked)
  if (found === undefined) throw noSuchUi(asked)
  return found
}

/** The user interface that the rc's `ui` asks for. One that there is not is no reason not to sync. */
export function chooseUiOfRc(asked: string): ChosenUi {
  const text = `there is no user interface '${asked}' in this version of mailtide; ${usual} is used`
  return findUi(asked) ?? { ui: usual, warnings: [{ level: 'warning', text }] }
}

function findUi(asked: string): ChosenUi | undefined {
  const wishes = asked.split(',').map((wish) => wish.trim())
  const found = wishes
    .map((wish) => known.find((name) => name === wish.split('.').at(-1)?.toLowerCase()))
    .find((name) => name !== undefined)
  if (found === undefined) return undefined
  const isPlain = wishes.length === 1 && !asked.includes('.')
  const text = `'${asked}' is an old way to name a user interface and read as ${found}`
  return { ui: found, warnings: isPlain ? [] : [{ level: 'warning', text }] }
}
