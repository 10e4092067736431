/** A text with everything secret in it replaced, also where it is written in base64. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => (secret === '' ? [] : [secret, Buffer.from(secret).toString('base64')]))
    .reduce((line, secret) => line.replaceAll(secret, '[secret]'), text)
}
