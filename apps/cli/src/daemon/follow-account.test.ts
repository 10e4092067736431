import type { AccountConfig } from '@mailtide/config'
import { type FolderNews, type FolderPath, MailtideError, type Repository, watchFolders } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import type { Evaluator } from '../python/evaluator.ts'
import type { AccountPairing, NamedPair } from '../rules/pair-account.ts'
import type { AccountRun } from '../run/account-run.ts'
import type { RunSignals } from '../run/signals.ts'
import type { RoundResult } from '../run/sync-once.ts'
import { type FollowParts, followAccount } from './follow-account.ts'
import { createKeptAccount } from './kept-account.ts'

const fine: RoundResult = { failures: 0, refusals: 0, held: { deletions: 0, epochs: 0 } }
const away = new MailtideError('imap/connection-lost', 'the line was cut', { scope: 'account', retryable: true })
const refused = new MailtideError('imap/login-refused', 'who are you', { scope: 'account' })
const never = <T>() => new Promise<T>(() => undefined)

/** A store of which nothing but its watching is asked; told is what a test tells. */
function createStore() {
  const watching = Promise.withResolvers<FolderNews>()
  const repository = {
    watch: (_: unknown, signal: AbortSignal) =>
      watchFolders(signal, (news) => {
        watching.resolve(news)
        return () => undefined
      }),
    close: async () => undefined,
  } as unknown as Repository
  return {
    repository,
    tell: async (name: string) => (await watching.promise).tell(name as FolderPath),
    fail: async (error: Error) => (await watching.promise).fail(error),
  }
}

/** An account with two folders, followed without a clock: each wait is noted and over at once, but looks for disturbances. */
async function start(change: Partial<FollowParts> = {}) {
  const names = ['INBOX', 'Work'] as FolderPath[]
  const [local, remote] = [createStore(), createStore()]
  const kept = createKeptAccount()
  const pairs = names.map((name) => ({
    folders: { local: name, remote: name },
    names: { local: name, remote: name },
  }))
  kept.pairing = { named: pairs as unknown as readonly NamedPair[] } as AccountPairing
  kept.noteListed({ local: names, remote: names })
  await kept.end('local', 'full', async () => local.repository)
  await kept.end('remote', 'full', async () => remote.repository)
  const lines: string[] = []
  const waits: number[] = []
  const synced: string[][] = []
  const run = {
    account: { name: 'home', local: {}, remote: {} } as AccountConfig,
    evaluator: {} as Evaluator,
    output: { show: ({ text }: { text: string }) => lines.push(text) },
    kept,
  } as unknown as AccountRun
  const parts: FollowParts = {
    now: () => 0,
    wait(milliseconds, signal) {
      if (milliseconds === 5000) return untilAborted(signal)
      waits.push(milliseconds)
      return Promise.resolve()
    },
    random: () => 1,
    addresses: () => 'a',
    sleep: never,
    isBack: async () => true,
    async syncFolders(_, { folders }) {
      synced.push(folders.map(({ remote }) => remote))
      return fine
    },
    ...change,
  }
  const follow = (last: RoundResult = fine) => followAccount(run, 60_000, {} as RunSignals, last, parts)
  return { local, remote, kept, lines, waits, synced, follow }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}

describe('following an account', () => {
  it('syncs a folder alone in which something happens, on either side', async () => {
    const over = Promise.withResolvers<'over'>()
    const { local, remote, synced, follow } = await start({ sleep: () => over.promise })
    const followed = follow()
    await remote.tell('Work')
    await expect.poll(() => synced).toEqual([['Work']])
    await local.tell('INBOX')
    await expect.poll(() => synced).toEqual([['Work'], ['INBOX']])
    over.resolve('over')
    expect(await followed).toEqual({ how: 'over', outcome: fine })
  })

  it('finishes the sync under way before it is over, and adds up what failed', async () => {
    const over = Promise.withResolvers<'woken'>()
    const sync = Promise.withResolvers<RoundResult>()
    const { remote, follow } = await start({ sleep: () => over.promise, syncFolders: () => sync.promise })
    let isOver = false
    const followed = follow().finally(() => {
      isOver = true
    })
    await remote.tell('Work')
    await new Promise(setImmediate)
    over.resolve('woken')
    await new Promise(setImmediate)
    expect(isOver).toBe(false)
    sync.resolve({ ...fine, failures: 2 })
    expect(await followed).toMatchObject({ how: 'woken', outcome: { failures: 2 } })
  })

  it('asks for a round when folders come or go', async () => {
    const { remote, follow, synced } = await start()
    const followed = follow()
    await remote.tell('New')
    expect(await followed).toMatchObject({ how: 'over' })
    expect(synced).toEqual([])
  })

  it('connects anew when watching breaks off, and says so', async () => {
    const { remote, follow, lines, waits, kept } = await start()
    const followed = follow()
    await remote.fail(away)
    expect(await followed).toMatchObject({ how: 'over' })
    expect(lines).toEqual(['the line was cut; going on as soon as possible'])
    expect(waits).toEqual([1000])
    expect(kept.ends).toEqual({})
  })

  it('waits longer and longer where it breaks off again and again', async () => {
    const { follow, waits, kept } = await start()
    for (let round = 0; round < 12; round++) await follow({ ...fine, stoppedBy: away })
    expect(waits.map((wait) => wait / 1000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
    expect(kept.trouble).toBe(12)
  })

  it('looks for a server that is away every few seconds, in silence', async () => {
    let looks = 0
    const patiences: number[] = []
    const { follow, lines, waits } = await start({
      async isBack(_, __, patience) {
        patiences.push(patience)
        return ++looks === 8
      },
    })
    expect(await follow({ ...fine, stoppedBy: away })).toMatchObject({ how: 'over' })
    expect(lines).toEqual([])
    expect(waits.map((wait) => wait / 1000)).toEqual([1, 2, 4, 8, 8, 8, 8, 8])
    expect(patiences.map((wait) => wait / 1000)).toEqual([10, 10, 10, 40, 10, 10, 10, 40])
  })

  it('connects anew, at once, when the machine slept', async () => {
    let now = 0
    const { follow, lines, waits } = await start({
      now: () => now,
      async wait(milliseconds, signal) {
        if (milliseconds !== 5000) return
        if (now > 0) return untilAborted(signal)
        now += 3_600_000
      },
    })
    expect(await follow()).toMatchObject({ how: 'over' })
    expect(lines).toEqual(['this machine was asleep: connecting anew'])
    expect(waits).toEqual([])
  })

  it('leaves what waiting does not mend to the usual pace', async () => {
    const { follow, waits } = await start({ sleep: async () => 'over' })
    expect(await follow({ ...fine, stoppedBy: refused })).toMatchObject({ how: 'over' })
    expect(waits).toEqual([])
  })

  it('leaves a folder that cannot be synced alone to a round', async () => {
    const error = new MailtideError('maildir/no-such-folder', 'it is gone', { scope: 'folder' })
    const { remote, follow, kept } = await start({ syncFolders: async () => ({ ...fine, stoppedBy: error }) })
    const followed = follow()
    await remote.tell('Work')
    expect(await followed).toMatchObject({ how: 'over', outcome: { failures: 0 } })
    expect(kept.trouble).toBe(1)
  })
})
