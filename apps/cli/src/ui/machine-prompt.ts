import { createSecret } from '@mailtide/contracts'
import type { Prompt } from '../login/prompt.ts'
import { createGate } from '../run/gate.ts'
import type { MachineParts } from './machine-ui.ts'

/**
 * Asks by the protocol: `getpass` names the user, and one line of standard input is the password. A password that was
 * refused is first told by `getpasserror`.
 */
export const createMachinePrompt: MachineParts['ask'] = (readLine, write): Prompt => {
  const gate = createGate(1)
  return (_question, signal, subject) =>
    gate.pass(async () => {
      if (signal.aborted) return undefined
      const thread = subject ? `Account sync ${subject.account}` : 'MainThread'
      const user = subject?.user ?? ''
      if (subject?.refused) write(['warn', 'getpasserror', thread, user, 'the server refused it'])
      write(['msg', 'getpass', thread, user])
      const typed = await readLine(signal)
      return typed === undefined || typed === '' ? undefined : createSecret(typed)
    })
}
