import { describe, expect, it } from 'vitest'
import { readGpgStatus } from './gpg-status.ts'

const joined = (...lines: readonly string[]) => lines.map((line) => line.replace(/^#/, '[GNUPG:] ')).join(' | ')

describe('readGpgStatus', () => {
  it.each([
    {
      outcome: 'decrypted',
      stderr: joined(
        '#ENC_TO 1',
        '#KEY_CONSIDERED 1 0',
        '#BEGIN_DECRYPTION',
        '#DECRYPTION_INFO 2 9',
        '#DECRYPTION_OKAY',
      ),
    },
    {
      outcome: 'locked',
      stderr: joined('#ENC_TO 1', '#KEY_CONSIDERED 1 0', '#BEGIN_DECRYPTION', '#DECRYPTION_FAILED', '#END_DECRYPTION'),
    },
    {
      outcome: 'locked',
      stderr: joined(
        '#NEED_PASSPHRASE_SYM 9 3 2',
        '#ERROR symkey_decrypt.maybe_error 11',
        '#DECRYPTION_INFO 0 9',
        '#DECRYPTION_FAILED',
      ),
    },
    { outcome: 'no-key', stderr: joined('#ENC_TO 1', '#NO_SECKEY 1', '#BEGIN_DECRYPTION', '#DECRYPTION_FAILED') },
    { outcome: 'not-encrypted', stderr: joined('#NODATA 1', '#NODATA 2', 'gpg: decrypt_message failed: eof') },
    { outcome: 'not-encrypted', stderr: joined('#PLAINTEXT 62 1 x', '#PLAINTEXT_LENGTH 3') },
    {
      outcome: 'failed',
      stderr: joined('#KEY_CONSIDERED 1 0', '#BEGIN_DECRYPTION', '#DECRYPTION_INFO 2 9', '#DECRYPTION_FAILED'),
    },
    { outcome: 'failed', stderr: 'gpg: invalid option "--x"' },
    { outcome: 'failed', stderr: '' },
  ])('tells from the status lines that it is $outcome', ({ outcome, stderr }) => {
    expect(readGpgStatus(stderr).outcome).toBe(outcome)
  })

  it('shows what was said in words, in any language', () => {
    const stderr = joined('#ENC_TO 1', 'gpg: Entschlüsselung fehlgeschlagen: Kein Schlüssel', '#NO_SECKEY 1', 'gpg: x')
    expect(readGpgStatus(stderr).said).toBe('gpg: Entschlüsselung fehlgeschlagen: Kein Schlüssel | gpg: x')
  })
})
