import { noSuchUi } from '../errors.ts'
import type { Line } from '../lines/line.ts'
import type { UiName } from '../lines/show-lines.ts'

const known: readonly UiName[] = ['ttyui', 'basic', 'quiet']

/**
 * The user interface that `-u` or the rc's `ui` asks for, in any letter case. Of old dotted names only the part after
 * the last dot counts, and of old lists the first that there is; both with a warning.
 */
export function chooseUi(asked: string): { readonly ui: UiName; readonly warnings: readonly Line[] } {
  const wishes = asked.split(',').map((wish) => wish.trim())
  const found = wishes
    .map((wish) => known.find((name) => name === wish.split('.').at(-1)?.toLowerCase()))
    .find((name) => name !== undefined)
  if (found === undefined) throw noSuchUi(asked)
  const isPlain = wishes.length === 1 && !asked.includes('.')
  const text = `'${asked}' is an old way to name a user interface and read as ${found}`
  return { ui: found, warnings: isPlain ? [] : [{ level: 'warning', text }] }
}
