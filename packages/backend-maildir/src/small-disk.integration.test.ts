import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { messageId, noFlags } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import { expect, it, onTestFinished } from 'vitest'
import { createFixture, list, outgoing, signal } from './maildir.fixture.ts'

function smallDisk(): string | undefined {
  const root = temporaryDirectory()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root], { stdio: 'pipe' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', ['-l', root]))
  return root
}

const unmountable = 'this user may not mount a small tmpfs'

it('a full disk: messages fail with advice, nothing half-written appears, what fits goes on', async (ctx) => {
  const disk = smallDisk()
  if (!disk) return ctx.skip(unmountable)
  const { folder, names, root } = await createFixture({ root: join(disk, 'mail') })
  const batch = [outgoing('a', 'small'), outgoing('b', 'x'.repeat(900_000)), outgoing('c', 'small', ['\\Seen'])]
  const full = { code: 'files/disk-full', scope: 'account', message: expect.stringContaining(root) }
  expect(await folder.append(batch, signal)).toMatchObject([{ id: 'a' }, { error: full }, { id: 'c' }])
  expect([names('new'), names('cur'), names('tmp')]).toEqual([['a:2,'], ['c:2,S'], []])
})

it('a disk mounted read-only: says so, and changes nothing', async (ctx) => {
  const disk = smallDisk()
  if (!disk) return ctx.skip(unmountable)
  const { folder, put, reopened, maildir } = await createFixture({ root: join(disk, 'mail') })
  put('new/a:2,')
  execFileSync('mount', ['-o', 'remount,ro', disk])
  const refusal = { code: 'files/not-permitted', hint: expect.stringContaining('read-only') }
  expect(await (await reopened()).isReadOnly(signal)).toBe(true)
  expect(await folder.append([outgoing('b', '')], signal)).toMatchObject([{ error: refusal }])
  const ids = [messageId('a')]
  await expect(folder.remove(ids, signal)).rejects.toMatchObject(refusal)
  await expect(folder.changeFlags([{ ids, add: new Set(['\\Seen']), drop: noFlags }], signal)).rejects.toMatchObject(
    refusal,
  )
  await expect(maildir.createFolder('Work' as never, signal)).rejects.toMatchObject(refusal)
  expect([...(await list(folder)).keys()]).toEqual(['a'])
})

it('a directory without permission to write: says so, and is read-only', async (ctx) => {
  if (process.getuid?.() === 0) return ctx.skip('root may write everywhere')
  const { folder, at, reopened, put } = await createFixture()
  put('new/a:2,')
  for (const part of ['new', 'tmp']) {
    chmodSync(at('INBOX', part), 0o500)
    onTestFinished(() => chmodSync(at('INBOX', part), 0o700))
  }
  expect(await (await reopened()).isReadOnly(signal)).toBe(true)
  const refusal = { code: 'files/not-permitted' }
  expect(await folder.append([outgoing('b', '')], signal)).toMatchObject([{ error: refusal }])
  await expect(folder.remove([messageId('a')], signal)).rejects.toMatchObject(refusal)
})
