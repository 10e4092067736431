import { MailtideError } from '@mailtide/contracts'

/** Cyrus ended, or did not greet in time. */
export function cyrusDidNotStart(printed: string): MailtideError {
  return new MailtideError('testing/cyrus-did-not-start', `cyrus did not start\n${printed}`, { scope: 'run' })
}

/** Dovecot ended, or did not greet in time; its own words say why. */
export function dovecotDidNotStart(reason: string, log: string): MailtideError {
  return new MailtideError('testing/dovecot-did-not-start', `dovecot ${reason}\n${log}`, { scope: 'run' })
}

/** There is no Dovecot to be started here. */
export function dovecotMissing(reason: string): MailtideError {
  return new MailtideError('testing/dovecot-missing', reason, {
    scope: 'run',
    hint: 'Ask dovecotAvailability() first, and skip with its reason.',
  })
}

/** A server could not be unpacked here. */
export function serverMissing(reason: string): MailtideError {
  return new MailtideError('testing/server-missing', reason, {
    scope: 'run',
    hint: 'Ask cyrusAvailability() or courierAvailability() first, and skip with its reason.',
  })
}

/** Somebody asks a status store that was closed. */
export function statusClosed(): MailtideError {
  return new MailtideError('testing/status-closed', 'the status store in memory is closed', { scope: 'account' })
}
