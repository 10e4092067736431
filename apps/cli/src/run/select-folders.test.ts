import type { FolderPath } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { selectFolders } from './select-folders.ts'

const path = (text: string) => text as FolderPath

describe('selectFolders', () => {
  it('takes names with whatever separator the server has', () => {
    const { rules } = selectFolders(['INBOX', 'Lists.dev', '[Gmail]/Sent', 'a/b/c'])
    const taken = ['INBOX', 'Lists/dev', '[Gmail]/Sent', 'a/b/c', 'Lists', 'INBOX/Sub', 'inbox', 'a/b']
    expect(taken.filter((text) => rules.toLocal(path(text)) !== undefined)).toEqual(taken.slice(0, 4))
    expect(rules.toRemote(path('Lists/dev'))).toBe('Lists/dev')
  })

  it('knows which names were on neither side', () => {
    const selection = selectFolders(['A', 'B', 'C'])
    selection.rules.toLocal(path('A'))
    selection.rules.toRemote(path('B'))
    expect(selection.missing()).toEqual(['C'])
  })
})
