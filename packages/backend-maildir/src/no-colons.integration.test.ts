import { execFileSync } from 'node:child_process'
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageId, noFlags } from '@mailtide/contracts'
import { programsAvailability, temporaryDirectory } from '@mailtide/testing'
import { expect, it, onTestFinished, type TestContext } from 'vitest'
import { createFixture, list, outgoing, signal, texts } from './maildir.fixture.ts'

/** A small NTFS that refuses names Windows cannot have. */
async function windowsDisk(ctx: TestContext): Promise<string> {
  const availability = await programsAvailability({ mkntfs: 'ntfs-3g', 'ntfs-3g': 'ntfs-3g' })
  if (!availability.ok) ctx.skip(availability.reason)
  const directory = temporaryDirectory()
  const [image, root] = [join(directory, 'image'), join(directory, 'disk')]
  writeFileSync(image, '')
  truncateSync(image, 4 * 1024 * 1024)
  mkdirSync(root)
  try {
    execFileSync('mkntfs', ['-F', '-q', '-Q', image], { stdio: 'pipe' })
    execFileSync('ntfs-3g', ['-o', 'windows_names', image, root], { stdio: 'pipe' })
  } catch {
    ctx.skip('this user may not mount a small NTFS')
  }
  onTestFinished(() => void execFileSync('umount', ['-l', root]))
  return root
}

it('a file system without colons: says what to do, and changes nothing', async (ctx) => {
  const disk = await windowsDisk(ctx)
  const { folder, put, names } = await createFixture({ root: join(disk, 'mail') })
  put('new/theirs', 'x')
  const refusal = { code: 'maildir/colon-refused', hint: expect.stringContaining('maildir-windows-compatible = yes') }
  expect(await folder.append([outgoing('a', '')], signal)).toMatchObject([{ error: refusal }])
  const change = { ids: [messageId('theirs')], add: new Set(['\\Seen']), drop: noFlags }
  await expect(folder.changeFlags([change], signal)).rejects.toMatchObject(refusal)
  expect([names('new'), names('cur'), names('tmp')]).toEqual([['theirs'], [], []])
})

it('a file system without colons takes mail with the other separator', async (ctx) => {
  const disk = await windowsDisk(ctx)
  const { folder, names } = await createFixture({ root: join(disk, 'mail'), infoSeparator: '!' })
  expect(await folder.append([outgoing('a', 'one'), outgoing('b', 'two', ['\\Seen'])], signal)).toEqual([
    { id: 'a' },
    { id: 'b' },
  ])
  await folder.changeFlags([{ ids: [messageId('a')], add: new Set(['\\Flagged']), drop: noFlags }], signal)
  expect([names('new'), names('cur')]).toEqual([['a!2,F'], ['b!2,S']])
  expect((await list(folder)).get('b')?.flags).toEqual(new Set(['\\Seen']))
  expect(await texts(folder, ['a', 'b'])).toEqual({ a: 'one', b: 'two' })
})
