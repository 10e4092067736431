import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CredentialRequest } from '@mailtide/contracts'
import { fakeProgram, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createOamaProvider } from './create-oama-provider.ts'
import { parseOamaArgument } from './parse-oama-argument.ts'

const { signal } = new AbortController()
const address = 'bob@example.org'
const request: CredentialRequest = {
  account: 'home',
  host: 'imap.example.org',
  port: 993,
  user: address,
  refused: false,
}

/** An oama with the command line of the real one, which looks after one token in a file and notes what it is asked. */
function fakeOama() {
  const directory = temporaryDirectory()
  const [token, log] = [join(directory, 'token'), join(directory, 'log')]
  writeFileSync(log, '')
  const command = fakeProgram(
    'oama',
    `echo "$@" >> '${log}'
    if test $# -ne 2 || test "$2" != ${address}; then echo "No record for $2" >&2; exit 1; fi
    case $1 in
      access) cat '${token}' ;;
      renew) echo renewed-$(cat '${token}') > '${token}'; echo 'Obtained new access token - expires in 3599 seconds.' ;;
      *) echo "Invalid argument: $1" >&2; exit 1 ;;
    esac`,
  )
  return { command, token, asked: () => readFileSync(log, 'utf8').trim().split('\n') }
}

describe('createOamaProvider', () => {
  it('takes the token that oama prints', async () => {
    const { command, token, asked } = fakeOama()
    writeFileSync(token, 'ya29.a0/b+c_d~e-f==\n')
    const credential = await createOamaProvider({ address, command }).find(request, signal)
    expect(credential).toMatchObject({ kind: 'access-token' })
    expect(credential?.secret.reveal()).toBe('ya29.a0/b+c_d~e-f==')
    expect(asked()).toEqual([`access ${address}`])
  })

  it('has it renewed before, where the server refused the last one', async () => {
    const { command, token, asked } = fakeOama()
    writeFileSync(token, 'ya29\n')
    const provider = createOamaProvider({ address, command })
    expect((await provider.find({ ...request, refused: true }, signal))?.secret.reveal()).toBe('renewed-ya29')
    expect(asked()).toEqual([`renew ${address}`, `access ${address}`])
  })

  it('says why there is no token', async () => {
    const { command } = fakeOama()
    const provider = createOamaProvider({ address: 'eve@example.org', command })
    for (const refused of [true, false]) {
      await expect(provider.find({ ...request, refused }, signal)).rejects.toMatchObject({
        code: 'credentials/program-failed',
        message: expect.stringContaining('No record for eve@example.org'),
      })
    }
    await expect(createOamaProvider({ address, command: '/nowhere/oama' }).find(request, signal)).rejects.toMatchObject(
      {
        code: 'credentials/program-missing',
      },
    )
  })

  it.each(['please log in', 'tökén', '{"error": "invalid_grant"}'])('does not take %o for a token', async (printed) => {
    const { command, token } = fakeOama()
    writeFileSync(token, `${printed}\n`)
    const error = await createOamaProvider({ address, command })
      .find(request, signal)
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/no-token', message: 'What oama printed is no access token' })
    expect(String(error)).not.toContain(printed)
  })
})

describe('parseOamaArgument', () => {
  it('reads an address', () => {
    expect(parseOamaArgument(' bob@example.org ')).toEqual({ address })
  })

  it.each(['', '--debug', 'a b'])('refuses "%s"', (text) => {
    expect(() => parseOamaArgument(text)).toThrow(expect.objectContaining({ code: 'credentials/bad-argument' }))
  })
})
