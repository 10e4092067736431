import { describe, expect, it } from 'vitest'
import { shownWords } from './output.ts'

describe('shownWords', () => {
  it.each([
    [['-o', '-a', 'home'], '["-o","-a","home"]'],
    [['-k', 'Repository_x:remotepass=hunter2'], '["-k","Repository_x:remotepass=…"]'],
    [['-kRepository_x:remotepass=a=b'], '["-kRepository_x:remotepass=…"]'],
    [['-ok', 'x:remotepass=hunter2\nmore'], '["-ok","x:remotepass=…"]'],
    [['-1oqkx:remotepass=hunter2'], '["-1oqkx:remotepass=…"]'],
    [['-c', 'a=b'], '["-c","a=b"]'],
  ])('%j', (words, shown) => {
    expect(shownWords(words)).toBe(shown)
  })
})
