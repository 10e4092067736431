import { type FolderPair, flagsBetween, type Side, type Step, sortedFlags } from '@mailtide/contracts'
import { type AccountNames, countOf, placeOf } from './names.ts'

/** Counts what a dry run would do to one pair of folders, so that a million steps make a handful of lines. */
export interface PlannedSteps {
  add(step: Step): void
  /** What was counted, one line a kind. */
  lines(): string[]
}

/** Nothing planned yet for this pair of folders. */
export function createPlannedSteps(names: AccountNames, folders: FolderPair): PlannedSteps {
  const counts = new Map<string, number>()
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1)
  const place = (side: Side) => placeOf(names, side, folders)
  return {
    add(step) {
      switch (step.kind) {
        case 'adopt':
          return count('Pairing COUNT found on both sides')
        case 'copy': {
          const from = step.to === 'local' ? 'remote' : 'local'
          return count(`Copy messages: NUMBER ${place(from)} -> ${place(step.to)}`)
        }
        case 'remove':
          return count(`Deleting COUNT in ${place(step.on)}`)
        case 'forget':
          return count('Forgetting COUNT gone on both sides')
        case 'flags':
          for (const side of ['local', 'remote'] as const) {
            const { add, drop } = flagsBetween(step.seen[side], step.agreed)
            for (const flag of sortedFlags(add)) count(`Adding flag ${flag} to COUNT on ${place(side)}`)
            for (const flag of sortedFlags(drop)) count(`Deleting flag ${flag} from COUNT on ${place(side)}`)
          }
          return
        case 'labels':
          for (const side of ['local', 'remote'] as const) {
            const { add, drop } = flagsBetween(step.seen[side], step.agreed)
            for (const label of sortedFlags(add)) count(`Adding label ${label} to COUNT on ${place(side)}`)
            for (const label of sortedFlags(drop)) count(`Deleting label ${label} from COUNT on ${place(side)}`)
          }
      }
    },
    lines: () => [...counts].map(([what, messages]) => `[DRYRUN] ${fill(what, messages)}`),
  }
}

function fill(what: string, messages: number): string {
  return what.replace(/COUNT|NUMBER/, (blank) => (blank === 'COUNT' ? countOf(messages, 'message') : String(messages)))
}
