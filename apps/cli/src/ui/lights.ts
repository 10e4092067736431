import type { Happening } from './happening.ts'

/** What a thread of work is at, and so the colour of its light and of its lines. */
export type Activity =
  | 'idle'
  | 'deleting'
  | 'sleeping'
  | 'warning'
  | 'connecting'
  | 'account'
  | 'structure'
  | 'folder'
  | 'copying'

/** One account at the bottom of the screen. */
export interface AccountLights {
  readonly name: string
  /** Milliseconds of the clock at which the next sync begins; undefined while it is at work. */
  wakesAt: number | undefined
  /** By thread: the account itself and each of its folders under way. */
  readonly threads: Map<string, Activity>
}

/** The lights of all accounts. */
export interface Lights {
  /** Notes an event, and answers what its thread is at now. */
  note(event: Happening): Activity
  readonly accounts: readonly AccountLights[]
}

const own = ''

/** All lights off. */
export function createLights(now: () => number): Lights {
  const accounts: AccountLights[] = []

  function lightsOf(name: string): AccountLights {
    const found = accounts.find((account) => account.name === name)
    if (found) return found
    const made: AccountLights = { name, wakesAt: undefined, threads: new Map([[own, 'idle']]) }
    accounts.push(made)
    return made
  }
  function light(account: AccountLights, thread: string, activity: Activity): Activity {
    account.threads.set(thread, activity)
    return activity
  }

  return {
    accounts,
    note(event) {
      if (event.type === 'run-started') for (const name of event.accounts) lightsOf(name)
      if (event.type === 'run-started' || event.type === 'run-finished') return 'idle'
      const account = lightsOf(event.account)
      switch (event.type) {
        case 'account-started':
          return light(account, own, 'connecting')
        case 'surveyed':
          return light(account, own, 'account')
        case 'folder-created':
        case 'folder-skipped':
          return light(account, own, 'structure')
        case 'folder-started':
        case 'inherited':
        case 'inheritance-void':
        case 'step-planned':
          return light(account, event.folders.remote, 'folder')
        case 'messages-copied':
          return light(account, event.folders.remote, 'copying')
        case 'folder-finished': {
          account.threads.delete(event.folders.remote)
          return (event.removed?.length ?? 0) > 0 ? 'deleting' : 'folder'
        }
        case 'held':
          return 'warning'
        case 'failed':
          if (event.folders && event.error.scope !== 'message') account.threads.delete(event.folders.remote)
          return 'warning'
        case 'account-finished':
          account.threads.clear()
          // Single folders are synced while it sleeps.
          return light(account, own, account.wakesAt === undefined ? 'account' : 'sleeping')
        case 'sleeping':
          account.wakesAt = now() + event.seconds * 1000
          return light(account, own, 'sleeping')
        case 'awake':
          account.wakesAt = undefined
          return light(account, own, 'account')
        case 'account-left':
          return light(account, own, 'idle')
      }
    },
  }
}
