/** How a decryption ended, and what gpg said of it. */
export interface GpgStatus {
  /**
   * `locked`: the key is there, and its passphrase could not be had. `no-key`: encrypted to somebody else. `failed`: for
   * another reason, which `said` shows.
   */
  readonly outcome: 'decrypted' | 'locked' | 'no-key' | 'not-encrypted' | 'failed'
  /** What it said in words, without the status lines. */
  readonly said: string
}

const mark = '[GNUPG:] '

/**
 * Reads what gpg wrote to stderr with `--status-fd 2`, its lines joined by ` | `. The words after `[GNUPG:]` are the same
 * in all languages.
 */
export function readGpgStatus(stderr: string): GpgStatus {
  const lines = stderr.split(' | ')
  const statuses = lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length))
  const said = lines.filter((line) => !line.startsWith(mark)).join(' | ')
  return { outcome: outcomeOf((status) => statuses.some((line) => line.startsWith(status))), said }
}

function outcomeOf(has: (status: string) => boolean): GpgStatus['outcome'] {
  if (has('DECRYPTION_OKAY')) return 'decrypted'
  const isEncrypted = has('BEGIN_DECRYPTION') || has('NEED_PASSPHRASE')
  if (!isEncrypted && (has('NODATA') || has('PLAINTEXT'))) return 'not-encrypted'
  // DECRYPTION_INFO comes once the key is open; with a passphrase alone it may have been the wrong one.
  const isOpen = has('DECRYPTION_INFO') && !has('ERROR symkey_decrypt')
  if (!has('DECRYPTION_FAILED') || isOpen) return 'failed'
  return has('KEY_CONSIDERED') || has('NEED_PASSPHRASE') ? 'locked' : 'no-key'
}
