import type { FolderPath, MessageId } from '@mailtide/contracts'

/** One change that a sync makes: all or nothing, as on a real store. */
export type MemoryEffect =
  | { readonly kind: 'append'; readonly folder: FolderPath; readonly bytes: Uint8Array }
  | { readonly kind: 'flags' | 'labels' | 'remove' | 'rename'; readonly folder: FolderPath; readonly id: MessageId }
  | { readonly kind: 'create-folder'; readonly folder: FolderPath }

/** Called around every effect. What they throw is what the caller gets: a crash just before, or just after. */
export interface EffectHooks {
  beforeEffect?(effect: MemoryEffect): void | Promise<void>
  afterEffect?(effect: MemoryEffect): void | Promise<void>
}

/** Carries an effect out between its two hooks. */
export async function carryOut<T>(hooks: EffectHooks, effect: MemoryEffect, change: () => T): Promise<T> {
  await hooks.beforeEffect?.(effect)
  const result = change()
  await hooks.afterEffect?.(effect)
  return result
}
