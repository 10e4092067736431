import { cyrusAvailability, startCyrus } from '@mailtide/testing'
import { checkGreatLawOn } from './check-great-law-on.ts'

checkGreatLawOn('Cyrus', { availability: cyrusAvailability, start: () => startCyrus(), runs: 20, actions: 14 })

checkGreatLawOn('Cyrus without QRESYNC', {
  availability: cyrusAvailability,
  start: () => startCyrus({ without: ['QRESYNC', 'UIDPLUS', 'LITERAL+'] }),
  runs: 20,
  actions: 14,
})
