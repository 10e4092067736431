import { MailtideError } from '@mailtide/contracts'

/** The class of the Python exception that an error tells of; undefined where it tells of something else. */
export function exceptionClass(thrown: unknown): string | undefined {
  if (!(thrown instanceof MailtideError)) return undefined
  switch (thrown.code) {
    case 'cli/pythonfile-failed':
      return exceptionClass(thrown.cause)
    case 'cli/pythonfile-unreadable':
    case 'python-host/file-missing':
      return 'FileNotFoundError'
    case 'python/exception':
    case 'python/syntax-error':
      return /^\w+/.exec(thrown.message)?.[0]
    case 'python-host/failed':
    case 'python-host/file-failed':
      return className(thrown.cause)
    default:
      return undefined
  }
}

function className(cause: unknown): string | undefined {
  const isFailure = typeof cause === 'object' && cause !== null && 'error' in cause && typeof cause.error === 'string'
  return isFailure ? String(cause.error).split('.').at(-1) : undefined
}
