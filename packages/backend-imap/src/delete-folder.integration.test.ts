import { folderPath } from '@mailtide/contracts'
import { startTestServer, type TestServerOptions } from '@mailtide/test-server'
import { dovecotAvailability, startDovecot } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'

const { signal } = new AbortController()

async function start(options: Partial<ImapOptions> = {}, serverOptions: TestServerOptions = {}) {
  const server = await startTestServer(serverOptions)
  onTestFinished(() => server.close())
  const { host, port } = server
  const remote = createImapRepository({
    host,
    port,
    user: 'demo',
    password: () => 'demo',
    encryption: 'none',
    ...options,
  })
  onTestFinished(() => remote.close())
  const names = async () => (await remote.survey(new Map(), signal)).map(({ path }) => path).sort()
  return { account: server.account(), remote, names }
}

describe('deleteFolder', () => {
  it('deletes a folder with its mail, and no other', async () => {
    const { account, remote, names } = await start()
    account.create('Old').append('Subject: x\r\n\r\n')
    account.create('Older')
    await remote.deleteFolder?.(folderPath(['Old']), signal)
    expect(await names()).toEqual(['INBOX', 'Older'])
  })

  it('knows its separator and its form of names before anything was surveyed', async () => {
    const { account, remote, names } = await start({ folderNames: 'utf-8' })
    account.create('Lists/Entwürfe')
    await remote.deleteFolder?.(folderPath(['Lists', 'Entwürfe']), signal)
    expect(await names()).toEqual(['INBOX'])
  })

  it('deletes one that is open', async () => {
    const { account, remote, names } = await start({ connections: 1 })
    account.create('Old')
    await names()
    await (await remote.open(folderPath(['Old']), 'select', signal)).close()
    await remote.deleteFolder?.(folderPath(['Old']), signal)
    expect(await names()).toEqual(['INBOX'])
  })

  it.each(['INBOX', 'Gone'])('tells that the server refuses %s', async (name) => {
    const { remote, names } = await start()
    await expect(remote.deleteFolder?.(folderPath([name]), signal)).rejects.toMatchObject({
      code: 'imap/refused',
      message: expect.stringContaining(`the server refused to delete ${name}: NO `),
    })
    expect(await names()).toEqual(['INBOX'])
  })

  it('deletes on Dovecot one that is open, by its encoded name, and leaves those below it', async (ctx) => {
    const availability = await dovecotAvailability()
    if (!availability.ok) return ctx.skip(availability.reason)
    const server = await startDovecot()
    onTestFinished(() => server.close())
    await server.addUser('demo', 'demo', { separator: '.' })
    const { host, port } = server
    const remote = createImapRepository({ host, port, user: 'demo', password: () => 'demo', encryption: 'none' })
    onTestFinished(() => remote.close())
    const [parent, child] = [['Entw&APw-rfe'], ['Entw&APw-rfe', 'two "words"']].map(folderPath)
    await remote.createFolder(parent!, signal)
    await remote.createFolder(child!, signal)
    await remote.survey(new Map(), signal)
    const open = await remote.open(parent!, 'select', signal)
    await open.isReadOnly(signal)
    await open.close()
    await remote.deleteFolder?.(parent!, signal)
    // Dovecot goes on listing it for a while.
    await expect(remote.open(parent!, 'examine', signal)).rejects.toMatchObject({ code: 'imap/refused' })
    await expect(remote.deleteFolder?.(parent!, signal)).rejects.toMatchObject({ code: 'imap/refused' })
    await (await remote.open(child!, 'examine', signal)).close()
  })
})
