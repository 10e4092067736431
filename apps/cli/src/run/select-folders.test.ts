import type { FolderPath } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { selectFolders } from './select-folders.ts'

const paths = (...texts: string[]) => texts as FolderPath[]

describe('selectFolders', () => {
  it("takes exact names with the server's own separator, wherever the folder is", async () => {
    const { pairFolders } = selectFolders(['INBOX', 'Lists.dev', 'Mine'], { separator: '.' })
    const remote = paths('INBOX', 'Lists/dev', 'Lists', 'INBOX/Sub', 'inbox')
    const { pairs } = await pairFolders({ remote, local: paths('INBOX', 'Mine', 'Other') })
    expect(pairs).toEqual([
      { folders: { local: 'INBOX', remote: 'INBOX' } },
      { folders: { local: 'Lists/dev', remote: 'Lists/dev' }, missingOn: 'local' },
      { folders: { local: 'Mine', remote: 'Mine' }, missingOn: 'remote' },
    ])
  })

  it('knows which names were on neither side', async () => {
    const selection = selectFolders(['A', 'B', 'C'], { separator: '/' })
    await selection.pairFolders({ remote: paths('A'), local: paths('B') })
    expect(selection.missing()).toEqual(['C'])
  })
})
