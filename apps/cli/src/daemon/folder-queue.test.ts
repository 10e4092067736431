import type { FolderPair, FolderPath } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createFolderQueue } from './folder-queue.ts'

const { signal } = new AbortController()
const pairOf = (name: string): FolderPair => ({ local: name as FolderPath, remote: name as FolderPath })
const [inbox, work] = [pairOf('INBOX'), pairOf('Work')]

function queueAt(time: { now: number }) {
  const moments: (() => void)[] = []
  const queue = createFolderQueue({
    now: () => time.now,
    wait: () => new Promise((resolve) => moments.push(resolve)),
  })
  const pass = async () => {
    await expect.poll(() => moments.length).toBeGreaterThan(0)
    for (const over of moments.splice(0)) over()
  }
  return { queue, pass }
}

describe('a queue of folders', () => {
  it('waits for something, and a moment longer for what comes with it', async () => {
    const { queue, pass } = queueAt({ now: 0 })
    const taken = queue.take(signal)
    for (const folders of [inbox, work, inbox]) queue.add(folders)
    await pass()
    expect(await taken).toEqual({ folders: [inbox, work], isEcho: false })
  })

  it('knows what may only be the echo of what was altered a moment ago', async () => {
    const time = { now: 10_000 }
    const { queue, pass } = queueAt(time)
    const take = async () => {
      const taken = queue.take(signal)
      await pass()
      return (await taken).isEcho
    }
    queue.altered(inbox)
    queue.add(inbox)
    expect(await take()).toBe(true)
    queue.add(inbox)
    queue.add(work)
    expect(await take()).toBe(false)
    time.now += 2000
    queue.add(inbox)
    expect(await take()).toBe(false)
  })

  it('is left at once when the signal is given', async () => {
    const { queue } = queueAt({ now: 0 })
    const ending = new AbortController()
    const taken = queue.take(ending.signal)
    ending.abort(new Error('enough'))
    await expect(taken).rejects.toThrow('enough')
    await expect(queue.take(ending.signal)).rejects.toThrow('enough')
  })
})
