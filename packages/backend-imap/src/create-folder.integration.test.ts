import { folderPath } from '@mailtide/contracts'
import { startTestServer } from '@mailtide/test-server'
import { describe, expect, it } from 'vitest'
import { createImapRepository } from './index.ts'

const signal = new AbortController().signal
const deep = folderPath(['a', 'b', 'c'])

async function created(refuseFirst: boolean): Promise<string[]> {
  const server = await startTestServer()
  const { host, port } = server
  const remote = createImapRepository({ host, port, user: 'demo', password: () => 'demo', encryption: 'none' })
  try {
    if (refuseFirst) server.faults.add({ kind: 'refuse', command: 'CREATE', status: 'NO', text: 'no such parent' })
    await remote.survey(new Map(), signal)
    await remote.createFolder(deep, signal)
    return (await remote.survey(new Map(), signal)).map(({ path }) => path).sort()
  } finally {
    await remote.close()
    await server.close()
  }
}

describe('createFolder', () => {
  it('makes no folder above the one that was asked for', async () => {
    expect(await created(false)).toEqual(['INBOX', 'a/b/c'])
  })

  it('makes those above it first where the server refuses otherwise', async () => {
    expect(await created(true)).toEqual(['INBOX', 'a', 'a/b', 'a/b/c'])
  })
})
