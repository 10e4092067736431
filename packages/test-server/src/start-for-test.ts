import { onTestFinished } from 'vitest'
import type { TestServerOptions } from './options.ts'
import { openRawClient, type RawClient, type RawTarget } from './raw-client.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

/** A server that ends with the test. */
export async function startForTest(options?: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options)
  onTestFinished(() => server.close())
  return server
}

/** A client that ends with the test, logged in if a user (whose password is its name) is named. */
export async function openTestClient(target: RawTarget, user?: string): Promise<RawClient> {
  const client = await openRawClient(target)
  onTestFinished(() => client.close())
  if (user !== undefined) await client.run(`LOGIN ${user} ${user}`)
  return client
}
