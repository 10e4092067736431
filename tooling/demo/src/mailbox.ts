import { generateMail, type SampleMessage } from '@mailtide/sample-mail'

/** The account's folders when the demo begins. */
export const folders = [
  ['INBOX'],
  ['Sent'],
  ['Entwürfe'],
  ['Archive', '2023'],
  ['Archive', '2024'],
  ['Lists', 'mutt & friends'],
] as const

/** What lies on the server when the demo begins. */
export function firstMail(): SampleMessage[] {
  return [...generateMail({ seed: 2024, messages: 300, folders, oddHeaders: true, biggest: 1_500_000 })]
}

/** What arrives on the server between the two syncs. */
export function arrivingMail(): SampleMessage[] {
  return [...generateMail({ seed: 2025, messages: 5, folders: [['INBOX'], ['INBOX'], ['Entwürfe']] })]
}

/** What is written locally between the two syncs: a message for INBOX, and one for a folder that is new. */
export function writtenMail(): SampleMessage[] {
  return [...generateMail({ seed: 2026, messages: 2, folders: [['INBOX'], ['Notes']] })]
}
