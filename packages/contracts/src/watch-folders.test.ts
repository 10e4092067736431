import { describe, expect, it } from 'vitest'
import type { FolderPath } from './folder-path.ts'
import { type FolderNews, watchFolders } from './watch-folders.ts'

const [a, b] = ['a', 'b'] as [FolderPath, FolderPath]

function watching() {
  const ending = new AbortController()
  let news: FolderNews | undefined
  let ended = 0
  const folders = watchFolders(ending.signal, (given) => {
    news = given
    return async () => {
      ended++
    }
  })
  const next = async () => (await folders.next()).value
  const told = () => {
    if (!news) throw new Error('nobody watches yet')
    return news
  }
  return { ending, folders, next, told, ended: () => ended }
}

describe('watchFolders', () => {
  it('begins when the first folder is asked for', async () => {
    const { next, told } = watching()
    expect(told).toThrow()
    const first = next()
    told().tell(a)
    expect(await first).toBe(a)
  })

  it('answers a folder once, however often it was told meanwhile', async () => {
    const { next, told } = watching()
    const first = next()
    for (const path of [a, b, a, b, a]) told().tell(path)
    expect([await first, await next()]).toEqual([a, b])
    const third = next()
    told().tell(a)
    expect(await third).toBe(a)
  })

  it('tells a folder again that was told after it was taken', async () => {
    const { next, told } = watching()
    const first = next()
    told().tell(a)
    await first
    told().tell(a)
    expect(await next()).toBe(a)
  })

  it('never ends in silence: it rejects once what was told is taken', async () => {
    const { next, told, ended } = watching()
    const first = next()
    told().tell(a)
    told().fail(new Error('gone'))
    told().fail(new Error('later'))
    expect(await first).toBe(a)
    await expect(next()).rejects.toThrow('gone')
    expect(ended()).toBe(1)
  })

  it('ends with the signal, and with whoever takes no more', async () => {
    const first = watching()
    const waiting = first.next()
    first.ending.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    expect(first.ended()).toBe(1)
    const second = watching()
    const taken = second.next()
    second.told().tell(a)
    await taken
    await second.folders.return(undefined as never)
    expect(second.ended()).toBe(1)
  })

  it('does not begin once the signal was given', async () => {
    const { next, ending, told } = watching()
    ending.abort(new Error('enough'))
    await expect(next()).rejects.toThrow('enough')
    expect(told).toThrow()
  })
})
