import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mail, providerScene } from '../testing/provider-scene.ts'

const commands = [
  'LIST',
  'SELECT',
  'STATUS',
  'UID FETCH',
  'UID STORE',
  'APPEND',
  'UID SEARCH',
  'EXPUNGE',
  'UID EXPUNGE',
  'NOOP',
]
const texts = [
  'Request is throttled. Suggested Backoff Time: 20000 milliseconds',
  '[INUSE] not now',
  '[UNAVAILABLE] later',
  '[THROTTLED] slower',
]
const refusals = fc.array(
  fc.record({
    command: fc.constantFrom(...commands),
    text: fc.constantFrom(...texts),
    status: fc.constantFrom('NO' as const, 'BAD' as const),
    skip: fc.nat(3),
    times: fc.integer({ min: 1, max: 4 }),
    bye: fc.option(fc.constant('Connection closed'), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 4 },
)

describe('whatever a server puts off, and whenever', () => {
  it.each(['exchange', 'gmail', 'yahoo'] as const)('%s: nothing is lost, nothing is doubled', async (behaves) => {
    await fc.assert(
      fc.asyncProperty(refusals, async (faults) => {
        const scene = await providerScene({ behaves })
        for (let number = 1; number <= 6; number++) scene.inbox.append(mail(number))
        await scene.sync()
        for (let number = 7; number <= 9; number++) scene.inbox.append(mail(number))
        for (let number = 0; number < 4; number++) scene.addHere(mail(`here ${number}`))
        scene.removeHere(1)
        scene.inbox.expunge([2])
        scene.markSeenHere()
        for (const { bye, ...fault } of faults) {
          scene.server.faults.add({ kind: 'refuse', ...fault, ...(bye !== undefined && { bye }) })
        }
        await scene.sync()
        scene.server.faults.clear()
        for (let run = 0; run < 2; run++) expect((await scene.sync()).errors).toEqual([])
        const all = ['3', '4', '5', '6', '7', '8', '9', 'here 0', 'here 1', 'here 2', 'here 3']
        expect(scene.mail()).toEqual({ local: all, remote: all })
        await scene.server.close()
      }),
      { numRuns: 20 },
    )
  })
})
