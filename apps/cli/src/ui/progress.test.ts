import type { SyncEvent } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createClock } from '../testing/play.ts'
import { names, nothing, pairOf } from '../testing/run-events.ts'
import { createProgress } from './progress.ts'

const { account } = names
const folders = pairOf('INBOX')
const copied = (messages: number, of?: number): SyncEvent => {
  return { type: 'messages-copied', account, folders, to: 'local', messages, bytes: 0, ...(of !== undefined && { of }) }
}

function progress() {
  const clock = createClock()
  const kept = createProgress(clock.now)
  const note = (event: SyncEvent) => kept.note(event, names)
  note({ type: 'account-started', account, dryRun: false })
  note({ type: 'surveyed', account, folders: 9, mayHaveChanged: 1 })
  return { text: kept.text, note, pass: clock.pass }
}

describe('createProgress', () => {
  it('says nothing where nothing is under way', () => {
    const { text, note } = progress()
    expect(text()).toBeUndefined()
    note({ type: 'folder-started', account, folders })
    expect(text()).toBe('INBOX: comparing')
    note({ type: 'folder-finished', account, folders, counts: { local: nothing, remote: nothing } })
    expect(text()).toBeUndefined()
  })

  it('knows the rate, and the time left where the end is known', () => {
    const { text, note, pass } = progress()
    note({ type: 'folder-started', account, folders })
    pass(1000)
    note(copied(64))
    expect(text()).toBe('INBOX: 64 messages, 64/s')
    pass(1000)
    note(copied(64, 5000))
    expect(text()).toBe('INBOX: 128/5000 messages, 64/s, 1:16 left')
  })

  it('forgets how fast it was long ago', () => {
    const { text, note, pass } = progress()
    note({ type: 'folder-started', account, folders })
    pass(1000)
    note(copied(1000, 2000))
    for (let second = 0; second < 20; second++) {
      pass(1000)
      note(copied(1))
    }
    expect(text()).toBe('INBOX: 1020/2000 messages, 1.0/s, 16:20 left')
  })

  it('counts folders where there are several, those that failed among the finished', () => {
    const { text, note } = progress()
    note({ type: 'surveyed', account, folders: 9, mayHaveChanged: 3 })
    note({ type: 'folder-started', account, folders })
    note({ type: 'folder-started', account, folders: pairOf('Work') })
    note({ type: 'folder-finished', account, folders, counts: { local: nothing, remote: nothing } })
    expect(text()).toBe('[1/3 folders] Work: comparing')
  })
})
