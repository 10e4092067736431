import { createHash } from 'node:crypto'
import { createSecret, type SecretStore } from '@mailtide/contracts'

const mark = 'mailtide-parts:'

/**
 * A store that keeps texts of any length in one that has a limit. What is too long for it is cut:
 *
 * | name               | text                              |
 * | ------------------ | --------------------------------- |
 * | `home`             | `mailtide-parts:COUNT:DIGEST`     |
 * | `home DIGEST 1` …  | the parts                         |
 *
 * The parts have names that no other text has, and come before the name that leads to them, so that a replacement that is
 * cut off leaves the text before it.
 */
export function createUnlimitedStore(store: SecretStore): SecretStore {
  const { longest } = store
  if (longest === undefined) return store

  async function partsOf(name: string, signal: AbortSignal): Promise<readonly string[]> {
    const head = (await store.read(name, signal))?.reveal() ?? ''
    return namesOfParts(name, head)
  }

  async function removeAll(names: readonly string[], signal: AbortSignal): Promise<void> {
    for (const name of names) await store.remove(name, signal)
  }

  return {
    isUsable: (signal) => store.isUsable(signal),

    async read(name, signal) {
      const head = await store.read(name, signal)
      const names = namesOfParts(name, head?.reveal() ?? '')
      if (names.length === 0) return head
      const parts: string[] = []
      for (const part of names) parts.push((await store.read(part, signal))?.reveal() ?? '')
      const text = parts.join('')
      // With a part missing, the head shows that something is amiss.
      return headOf(text, names.length) === head?.reveal() ? createSecret(text) : head
    },

    async write(name, secret, signal) {
      const former = await partsOf(name, signal)
      const text = secret.reveal()
      const pieces = Buffer.byteLength(text) > longest ? cut(text, longest) : []
      const head = pieces.length === 0 ? text : headOf(text, pieces.length)
      const names = namesOfParts(name, head)
      for (const [index, part] of names.entries()) await store.write(part, createSecret(pieces[index] ?? ''), signal)
      await store.write(name, createSecret(head), signal)
      await removeAll(
        former.filter((part) => !names.includes(part)),
        signal,
      )
    },

    async remove(name, signal) {
      const parts = await partsOf(name, signal)
      await store.remove(name, signal)
      await removeAll(parts, signal)
    },
  }
}

function headOf(text: string, count: number): string {
  return `${mark}${count}:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

function namesOfParts(name: string, head: string): string[] {
  const [, count, digest] = /^mailtide-parts:(\d{1,3}):([0-9a-f]{16})$/.exec(head) ?? []
  return Array.from({ length: Number(count ?? 0) }, (_, index) => `${name} ${digest} ${index + 1}`)
}

function cut(text: string, longest: number): readonly string[] {
  const isAscii = /^[\0-\x7f]*$/.test(text)
  // UTF-8 has up to four octets a character.
  return text.match(new RegExp(`[^]{1,${isAscii ? longest : Math.floor(longest / 4)}}`, 'gu')) ?? []
}
