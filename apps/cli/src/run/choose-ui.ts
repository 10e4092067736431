import { noSuchUi } from '../errors.ts'
import type { Line } from '../lines/line.ts'

/** The names of all user interfaces. */
export const uiNames = ['ttyui', 'basic', 'quiet', 'syslog', 'machineui', 'blinkenlights', 'json'] as const

/** The name of a user interface. */
export type UiName = (typeof uiNames)[number]

/** A user interface, and what to say of how it was asked for. */
export interface ChosenUi {
  readonly ui: UiName
  readonly warnings: readonly Line[]
}

/** Undefined if this user interface can be used here, or the reason in words why not. */
export type Obstacle = (ui: UiName) => string | undefined

/**
 * The user interface that `-u` or the rc's `ui` asks for, in any letter case. Of old dotted names only the part after the
 * last dot counts, and of old lists the first that there is and that can be used; both with a warning.
 */
export function chooseUi(asked: string, obstacle: Obstacle = () => undefined): ChosenUi {
  const wishes = asked.split(',').map((wish) => wish.trim())
  const found = wishes.flatMap((wish) => uiNames.find((name) => name === wish.split('.').at(-1)?.toLowerCase()) ?? [])
  const [first] = found
  if (first === undefined) throw noSuchUi(asked, uiNames)
  const ui = found.find((name) => obstacle(name) === undefined) ?? 'ttyui'
  const isPlain = wishes.length === 1 && !asked.includes('.')
  const old = `'${asked}' is an old way to name a user interface and read as ${ui}`
  const reasons = [...(isPlain ? [] : [old]), ...(ui === first ? [] : [`${first} ${obstacle(first)}; ${ui} is used`])]
  return { ui, warnings: reasons.map((text) => ({ level: 'warning', text })) }
}
