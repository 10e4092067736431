import type { Every } from './every.ts'

/** Tells of sleeping accounts as OfflineIMAP does, in steps of ten seconds. */
export interface MachineSleep {
  begin(account: string, seconds: number): void
  end(account: string): void
  /** Says no more. */
  stop(): void
}

const step = 10

/** `tell` gets the seconds of a step and those that are left; two zeros at the end. */
export function createMachineSleep(
  every: Every,
  tell: (account: string, fields: readonly [string, string]) => void,
): MachineSleep {
  const sleepers = new Map<string, () => void>()
  return {
    begin(account, seconds) {
      let left = Math.ceil(seconds)
      const say = () => {
        if (left <= 0) return
        tell(`Account sync ${account}`, [String(step), String(left)])
        left -= step
      }
      say()
      sleepers.set(account, every(step * 1000, say))
    },
    end(account) {
      sleepers.get(account)?.()
      if (sleepers.delete(account)) tell(`Account sync ${account}`, ['0', '0'])
    },
    stop() {
      for (const cancel of sleepers.values()) cancel()
      sleepers.clear()
    },
  }
}
