import { networkInterfaces } from 'node:os'

/** What tells that connections from before are not to be relied on. */
export interface DisturbanceSetting {
  now(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
  /** This machine's addresses in the network, as one text. */
  addresses(): string
}

/** Milliseconds between two looks, and by how many more one may be late. */
const tick = 5000
const lateness = 10_000

/** Resolves once the machine has slept, or has other addresses than before; with what to tell the user. */
export async function untilDisturbed(
  { now, wait, addresses }: DisturbanceSetting,
  signal: AbortSignal,
): Promise<string> {
  const before = addresses()
  for (;;) {
    const then = now()
    await wait(tick, signal)
    if (now() - then > tick + lateness) return 'this machine was asleep'
    if (addresses() !== before) return 'the network has changed'
  }
}

/** The addresses by which others reach this machine; those that only hold on one link say nothing. */
export function ownAddresses(): string {
  return Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
    .map(({ address }) => address)
    .sort()
    .join(' ')
}
