import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MailtideError } from '@mailtide/contracts'
import { runProgram } from '@mailtide/run-program'

/** Where a server finds its certificate, and what a client has to trust. */
export interface Certificate {
  readonly certificateFile: string
  readonly keyFile: string
  /** The authority that signed it, as PEM. */
  readonly ca: string
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']

/** A certificate for `localhost` and 127.0.0.1, signed by an authority of its own. Undefined where openssl is missing. */
export async function makeCertificate(directory: string): Promise<Certificate | undefined> {
  const file = (name: string) => join(directory, name)
  const openssl = (...args: string[]) => runProgram({ command: 'openssl', args, cwd: directory, timeout: 30_000 })
  try {
    await openssl('version')
  } catch (error) {
    if (error instanceof MailtideError && error.code === 'program/not-found') return undefined
    throw error
  }
  const authority = ['-subj', '/CN=mailtide test authority', '-addext', 'keyUsage=critical,keyCertSign,cRLSign']
  await openssl('req', '-x509', ...newKey, ...authority, '-keyout', 'ca.key', '-out', 'ca.pem')
  await openssl('req', ...newKey, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr')
  await writeFile(file('server.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n')
  const signedBy = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'server.ext']
  await openssl('x509', '-req', '-in', 'server.csr', ...signedBy, '-out', 'server.pem')
  return {
    certificateFile: file('server.pem'),
    keyFile: file('server.key'),
    ca: await readFile(file('ca.pem'), 'utf8'),
  }
}
