import type { Step } from '@mailtide/contracts'

/** A plan's steps, taken phase by phase without ever holding all of them. */
export interface StepQueue {
  /** Whether the next step is of this phase. */
  isNext(isOfPhase: (step: Step) => boolean): boolean
  /** The next steps as long as they are of this phase. Has to be used up before the next phase is taken. */
  takeWhile(isOfPhase: (step: Step) => boolean): Iterable<Step>
}

/** Reads a plan once, from its beginning. */
export function createStepQueue(steps: Iterable<Step>): StepQueue {
  const iterator = steps[Symbol.iterator]()
  let next = iterator.next()
  return {
    isNext: (isOfPhase) => !next.done && isOfPhase(next.value),
    *takeWhile(isOfPhase) {
      while (!next.done && isOfPhase(next.value)) {
        const step = next.value
        next = iterator.next()
        yield step
      }
    },
  }
}
