import { MailtideError } from '@mailtide/contracts'
import { AuthorizationResponseError, OperationProcessingError, ResponseBodyError } from 'oauth4webapi'
import { clientRefused, logInAgain, loginDenied, notAnAnswer, serverUnreachable, tokenRefused } from './errors.ts'

/** What was asked, for the words of an error. */
export interface Asked {
  readonly server: string
  readonly account: string
  /** What was sent and must not be shown, should the server repeat it. */
  readonly secrets: readonly string[]
}

/** Tells in our terms why no token came. What oauth4webapi throws may hold the whole answer: only words are taken of it. */
export function describeRefusal(thrown: unknown, asked: Asked): MailtideError {
  const { server, account } = asked
  if (thrown instanceof MailtideError) return thrown
  if (thrown instanceof AuthorizationResponseError) {
    return loginDenied(wordsOf(thrown.error, thrown.error_description, asked))
  }
  if (thrown instanceof ResponseBodyError) {
    const words = wordsOf(thrown.error, thrown.error_description, asked)
    if (thrown.status === 429) return serverUnreachable(server, words)
    switch (thrown.error) {
      case 'invalid_grant':
        return logInAgain(account, words)
      case 'invalid_client':
      case 'unauthorized_client':
        return clientRefused(server, words)
      case 'access_denied':
        return loginDenied(words)
      case 'temporarily_unavailable':
      case 'server_error':
        return serverUnreachable(server, words)
      default:
        return tokenRefused(server, words)
    }
  }
  if (thrown instanceof OperationProcessingError) {
    const { cause } = thrown
    if (!(cause instanceof Response)) return notAnAnswer(server, 'it sent no token')
    const status = `HTTP ${cause.status}`
    return cause.status >= 500 || cause.status === 429 ? serverUnreachable(server, status) : notAnAnswer(server, status)
  }
  return serverUnreachable(server, networkReason(thrown))
}

/** The error of an answer, such as `authorization_pending`; undefined for everything else that may be thrown. */
export function errorOf(thrown: unknown): string | undefined {
  return thrown instanceof ResponseBodyError ? thrown.error : undefined
}

function wordsOf(error: string, description: string | undefined, { secrets }: Asked): string {
  const text = description === undefined ? error : `${error} (${description})`
  return secrets.reduce((words, secret) => (secret === '' ? words : words.replaceAll(secret, '[secret]')), text)
}

/** Why `fetch` failed: the code of the system, where there is one. */
function networkReason(thrown: unknown): string {
  const inner = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code
  return thrown instanceof Error ? thrown.message : 'no connection'
}
