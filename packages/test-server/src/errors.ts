import { MailtideError } from '@mailtide/contracts'

/** The test asked for a user the server was not started with. */
export function unknownUser(name: string): MailtideError {
  return new MailtideError('test-server/unknown-user', `the test server has no user ${name}`, {
    scope: 'run',
    hint: 'Name the user in the options of startTestServer.',
  })
}

/** The test asked for a folder that does not exist. */
export function unknownFolder(name: string): MailtideError {
  return new MailtideError('test-server/unknown-folder', `there is no folder ${name}`, { scope: 'run' })
}

/** The test would create or rename to a folder that cannot come to be. */
export function impossibleFolder(name: string, why: string): MailtideError {
  return new MailtideError('test-server/impossible-folder', `the folder ${name} cannot be made: ${why}`, {
    scope: 'run',
  })
}

/** The test would label mail on a server that has no labels. */
export function noLabels(folder: string): MailtideError {
  return new MailtideError('test-server/no-labels', `the mail in ${folder} has no labels`, {
    scope: 'run',
    hint: "Start the server with behaves: 'gmail', or with habits: { labels: {} }.",
  })
}

/** The test asked for a message that is not in the folder. */
export function unknownMessage(folder: string, uid: number): MailtideError {
  return new MailtideError('test-server/unknown-message', `${folder} has no message with UID ${uid}`, { scope: 'run' })
}
