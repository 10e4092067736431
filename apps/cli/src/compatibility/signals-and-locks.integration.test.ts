import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createScene, type Home, mailIn } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }

async function until(holds: () => boolean, child: ChildProcess): Promise<void> {
  while (!holds()) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const said = (home: Home, file: string) => existsSync(home.path(file)) && readFileSync(home.path(file), 'utf8')

describe('signals', () => {
  it('SIGTERM lets no hook begin any more, and ends with 0', async () => {
    const { home } = await createScene(1, {
      account: 'presynchook = echo before > ~/before; sleep 600\npostsynchook = echo after > ~/after',
    })
    const { child } = home.start(quiet)
    await until(() => said(home, 'before') === 'before\n', child)
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
    expect(said(home, 'after')).toBe(false)
    expect(mailIn(home)).toEqual([])
  })

  it('SIGUSR1 during a sync makes the next one follow at once', async () => {
    const { home } = await createScene(1, {
      account: 'autorefresh = 10\npresynchook = echo x >> ~/syncs; while [ -e ~/wait ]; do sleep 0.05; done',
    })
    writeFileSync(home.path('wait'), '')
    const { child } = home.start(['-u', 'basic'])
    await until(() => said(home, 'syncs') === 'x\n', child)
    child.kill('SIGUSR1')
    // The signal is taken before the hook sees that it may end.
    await new Promise((resolve) => setTimeout(resolve, 100))
    rmSync(home.path('wait'))
    await until(() => said(home, 'syncs') === 'x\nx\n', child)
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('SIGQUIT ends the program by that signal', async () => {
    const { home } = await createScene(1, { account: 'presynchook = echo before > ~/before; sleep 1' })
    const { child } = home.start(quiet)
    await until(() => said(home, 'before') === 'before\n', child)
    child.kill('SIGQUIT')
    expect(await once(child, 'close')).toEqual([null, 'SIGQUIT'])
  })
})

describe('files', () => {
  it('of the state are for their user alone, and none tells a process', async () => {
    const { home } = await createScene(1, { general: 'metadata = ~/state' })
    expect(await home.run(...quiet)).toEqual(done)
    expect(home.files('state').sort()).toEqual(['Account-home/mailtide.lock', 'Account-home/mailtide.sqlite'])
    expect(statSync(home.path('state')).mode & 0o777).toBe(0o700)
    expect(home.files('.').some((file) => file.endsWith('.pid'))).toBe(false)
    expect(existsSync(home.path('.offlineimap'))).toBe(false)
  })
})

describe('the lock of an account', () => {
  it('is free while the account sleeps', async () => {
    const { home } = await createScene(1, { account: 'autorefresh = 10' })
    const { child, output } = home.start(['-u', 'basic'])
    await until(() => output.out.includes('Next refresh in 10 minutes'), child)
    expect(await home.run('-o', ...quiet)).toEqual(done)
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('that was left behind by whoever is gone does not matter, nor does that of OfflineIMAP', async () => {
    const { home } = await createScene(1)
    mkdirSync(home.path('.offlineimap'))
    writeFileSync(home.path('.offlineimap/home.lock'), '')
    const { child } = home.start(quiet)
    await until(() => home.files('.offlineimap').includes('Account-home/mailtide.lock'), child)
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('of OfflineIMAP is respected while it is held', async () => {
    const { home } = await createScene(1)
    mkdirSync(home.path('.offlineimap'))
    const lock = home.path('.offlineimap/home.lock')
    writeFileSync(lock, '')
    const holder = spawn('flock', [lock, 'sh', '-c', 'echo held; exec sleep 600'])
    await once(holder.stdout, 'data')
    const { code, err } = await home.run(...quiet)
    holder.kill('SIGKILL')
    expect(code).toBe(1)
    expect(err).toMatch(/OfflineIMAP \(process \d+\) is at work on the account home/)
    expect(mailIn(home)).toEqual([])
  })
})
