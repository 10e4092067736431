import { type DovecotServer, dovecotAvailability, startDovecot } from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type ExchangeWorld, exchanges } from './exchanges.ts'
import { openRawClient, type RawClient } from './raw-client.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

let dovecot: DovecotServer | undefined
let missing: string | undefined
let testServer: TestServer

beforeAll(async () => {
  testServer = await startTestServer()
  const availability = await dovecotAvailability()
  if (!availability.ok) {
    missing = availability.reason
    return
  }
  dovecot = await startDovecot()
  await dovecot.addUser('demo', 'demo', { separator: '/' })
})

afterAll(async () => {
  await testServer.close()
  await dovecot?.close()
})

async function login(target: { readonly host: string; readonly port: number }): Promise<RawClient> {
  const client = await openRawClient(target)
  onTestFinished(() => client.close())
  expect(await client.run('LOGIN demo demo')).toMatchObject({ status: 'OK' })
  return client
}

async function openWorld(
  target: { readonly host: string; readonly port: number },
  box: string,
): Promise<ExchangeWorld> {
  const first = await login(target)
  const second = await login(target)
  await first.run(`CREATE ${box}`)
  await first.run(`SELECT ${box}`)
  return { first, second, box }
}

describe('test-server and Dovecot agree', () => {
  for (const [index, { what, run, gives }] of exchanges.entries()) {
    it(`on the test server: ${what}`, async () => {
      expect(await run(await openWorld(testServer, `box${index}`))).toEqual(gives)
    })

    it(`on Dovecot: ${what}`, async (context) => {
      if (!dovecot) return context.skip(missing)
      expect(await run(await openWorld(dovecot, `box${index}`))).toEqual(gives)
    })
  }
})
