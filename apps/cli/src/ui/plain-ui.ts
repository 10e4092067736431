import { createDress } from '../lines/show-lines.ts'
import type { UserInterface, Writer } from './user-interface.ts'

/** OfflineIMAP's `basic` and `quiet`: lines, and nobody is asked. */
export function createPlainUi(ui: 'basic' | 'quiet', writer: Writer): UserInterface {
  const dress = createDress(ui)
  return {
    prompt: undefined,
    show({ lines }) {
      const text = lines.map(dress).join('')
      if (text !== '') writer.write(text)
    },
    close: () => undefined,
  }
}
