import { belowInbox, courierAvailability, startCourier } from '@mailtide/testing'
import { checkGreatLawOn } from './check-great-law-on.ts'

checkGreatLawOn('Courier', {
  availability: courierAvailability,
  start: () => startCourier(),
  shown: belowInbox,
  stored: withLastLineEnded,
  runs: 20,
  actions: 14,
})

checkGreatLawOn('Courier without UIDPLUS', {
  availability: courierAvailability,
  start: () => startCourier({ without: ['UIDPLUS'] }),
  shown: belowInbox,
  stored: withLastLineEnded,
  runs: 20,
  actions: 14,
})

/** What Courier does to a message whose last line has no end. */
function withLastLineEnded(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 10 ? bytes : Buffer.concat([bytes, Buffer.from('\r\n')])
}
