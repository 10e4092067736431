import type { Step } from '@mailtide/contracts'

/** One step in words, for a dry run and for logs. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'adopt':
      return `remember ${step.pair.local} as ${step.pair.remote}`
    case 'copy':
      return `copy ${step.source.id} to ${step.to}`
    case 'flags':
      return `align the flags of ${step.pair.local} and ${step.pair.remote}`
    case 'labels':
      return `align the labels of ${step.pair.local} and ${step.pair.remote}`
    case 'remove':
      return `remove ${step.pair[step.on]} on ${step.on}`
    case 'forget':
      return `forget ${step.pair.local}, gone on both sides`
  }
}
