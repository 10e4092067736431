import type { CommandFaults } from '../faults/fault-list.ts'
import type { Numbered, View } from '../session/view.ts'
import type { FetchItem } from './fetch-items.ts'

/** Which messages can be brought, and with what text FETCH is refused at the first one that can't. */
export function readableMessages(
  faults: CommandFaults,
  { mailbox }: View,
  items: readonly FetchItem[],
  selected: readonly Numbered[],
): { readonly readable: readonly Numbered[]; readonly refusal: string | undefined } {
  const bad = faults.all('unreadable').filter((fault) => (fault.mailbox ?? mailbox.name) === mailbox.name)
  if (bad.length === 0 || !items.some(({ kind }) => kind === 'section'))
    return { readable: selected, refusal: undefined }
  const readable: Numbered[] = []
  for (const numbered of selected) {
    const answer = bad.find(({ uids }) => uids.includes(numbered.message.uid))?.answer
    if (answer === undefined) readable.push(numbered)
    else if (answer !== 'nothing') return { readable, refusal: answer.no }
  }
  return { readable, refusal: undefined }
}
