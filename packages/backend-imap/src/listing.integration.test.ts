import { folderPath } from '@mailtide/contracts'
import { type Extension, startTestServer } from '@mailtide/test-server'
import { type DovecotServer, dovecotAvailability, startDovecot } from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'

const signal = new AbortController().signal

interface Reachable {
  readonly host: string
  readonly port: number
}

function open({ host, port }: Reachable, options: Partial<ImapOptions> = {}) {
  const account = { user: 'demo', password: () => 'demo', encryption: 'none' } as const
  const repository = createImapRepository({ host, port, ...account, ...options })
  onTestFinished(() => repository.close())
  return repository
}

async function pathsOf(repository: ReturnType<typeof open>): Promise<string[]> {
  return (await repository.survey(new Map(), signal)).map(({ path }) => path).sort()
}

const create = (server: Reachable, name: string) => open(server).createFolder(folderPath(name.split('/')), signal)

describe.each<{ why: string; without: readonly Extension[] }>([
  { why: 'with LIST (SUBSCRIBED)', without: [] },
  { why: 'with LSUB', without: ['LIST-EXTENDED', 'LIST-STATUS'] },
])('subscribedOnly $why', ({ without }) => {
  const extensions = Object.fromEntries(without.map((name) => [name, false]))

  it('lists only what is subscribed to and there', async () => {
    await using server = await startTestServer({ extensions })
    const account = server.account()
    for (const name of ['Work', 'Work/Old', 'Löwe']) account.create(name)
    for (const name of ['INBOX', 'Work/Old', 'Löwe', 'Gone']) account.subscribe(name)
    const repository = open(server, { subscribedOnly: true, folderNames: 'utf-8' })
    expect(await pathsOf(repository)).toEqual(['INBOX', 'Löwe', 'Work/Old'])
    expect(repository.separator).toBe('/')
  })

  it('subscribes to what it creates, and to nothing that was there', async () => {
    await using server = await startTestServer({ extensions })
    const account = server.account()
    account.create('Hidden')
    account.subscribe('INBOX')
    const repository = open(server, { subscribedOnly: true })
    await repository.survey(new Map(), signal)
    await repository.createFolder(folderPath(['New', 'One']), signal)
    await repository.createFolder(folderPath(['Hidden']), signal)
    expect(account.subscriptions().sort()).toEqual(['INBOX', 'New/One'])
    expect(await pathsOf(repository)).toEqual(['INBOX', 'New/One'])
  })

  it('says when there are no subscriptions', async () => {
    await using server = await startTestServer({ extensions })
    await expect(pathsOf(open(server, { subscribedOnly: true }))).rejects.toMatchObject({
      code: 'imap/no-folders',
      hint: expect.stringContaining('subscribedonly'),
    })
  })
})

it('without subscribedOnly nothing is subscribed to', async () => {
  await using server = await startTestServer()
  await create(server, 'New')
  expect(server.account().subscriptions()).toEqual([])
  expect(server.commands.map(({ name }) => name)).not.toContain('SUBSCRIBE')
})

describe('reference', () => {
  it.each(['Mail', 'Mail/'])('lists what is below it, under whole names (%s)', async (reference) => {
    await using server = await startTestServer()
    for (const name of ['Mail', 'Mail/Work', 'Mail/Work/Old', 'Other']) server.account().create(name)
    const paths = await pathsOf(open(server, { reference }))
    expect(paths.filter((path) => path !== 'Mail')).toEqual(['Mail/Work', 'Mail/Work/Old'])
  })

  it('is put before the names of folders that are created or opened, once', async () => {
    await using server = await startTestServer({ separator: '.' })
    server.account().create('Löwen')
    const repository = open(server, { reference: 'Löwen', folderNames: 'utf-8' })
    await repository.survey(new Map(), signal)
    await repository.createFolder(folderPath(['a', 'b']), signal)
    await repository.createFolder(folderPath(['Löwen', 'c']), signal)
    expect((await pathsOf(repository)).filter((path) => path !== 'Löwen')).toEqual(['Löwen/a/b', 'Löwen/c'])
    const folder = await repository.open(folderPath(['a', 'b']), 'select', signal)
    expect(await folder.isReadOnly(signal)).toBe(false)
    await folder.close()
    const inbox = await repository.open(folderPath(['INBOX']), 'examine', signal)
    expect(await inbox.isReadOnly(signal)).toBe(false)
    await inbox.close()
  })

  it('says when there is nothing', async () => {
    await using server = await startTestServer()
    await expect(pathsOf(open(server, { reference: 'Nowhere' }))).rejects.toMatchObject({
      code: 'imap/no-folders',
      message: expect.stringContaining('under Nowhere'),
    })
  })
})

describe('Dovecot', () => {
  let dovecot: DovecotServer | undefined
  let missing = ''

  beforeAll(async () => {
    const availability = await dovecotAvailability()
    if (!availability.ok) missing = availability.reason
    else dovecot = await startDovecot()
    await dovecot?.addUser('demo', 'demo', { separator: '/' })
    await dovecot?.addUser('old', 'demo', { separator: '.' })
  })
  afterAll(() => dovecot?.close())

  it.for([
    { user: 'demo', avoid: [] },
    { user: 'old', avoid: ['LIST-EXTENDED', 'LIST-STATUS'] },
  ])('lists subscriptions, and folders below a reference ($user)', async ({ user, avoid }, context) => {
    if (!dovecot) return context.skip(missing)
    const options = { user, avoid }
    await open(dovecot, options).createFolder(folderPath(['Mail', 'Unseen']), signal)
    const subscribing = open(dovecot, { ...options, subscribedOnly: true })
    await subscribing.createFolder(folderPath(['Mail', 'Work']), signal)
    expect(await pathsOf(subscribing)).toEqual(['Mail/Work'])

    const below = open(dovecot, { ...options, reference: 'Mail' })
    await below.createFolder(folderPath(['New']), signal)
    const paths = await pathsOf(below)
    expect(paths.filter((path) => path !== 'Mail')).toEqual(['Mail/New', 'Mail/Unseen', 'Mail/Work'])
  })
})
