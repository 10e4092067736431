import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CredentialRequest } from '@mailtide/contracts'
import { describeCredentialProvider, fakeProgram, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { type CommandProviderOptions, createCommandProvider } from './create-command-provider.ts'

const { signal } = new AbortController()
const request: CredentialRequest = {
  account: 'home',
  host: 'imap.example.org',
  port: 993,
  user: 'bob',
  refused: false,
}

const ask = async (options: CommandProviderOptions, changed: Partial<CredentialRequest> = {}) => {
  const credential = await createCommandProvider(options).find({ ...request, ...changed }, signal)
  return credential?.secret.reveal()
}

for (const kind of ['program', 'shell'] as const) {
  const commandOf = (script: string) => {
    const program = fakeProgram('get-password', script)
    return kind === 'program' ? { program } : { shell: `exec '${program}'` }
  }
  describeCredentialProvider(`command, by ${kind}`, {
    async create(holding) {
      const file = join(temporaryDirectory(), 'password')
      const hold = async ([login]: typeof holding) => {
        if (login) writeFileSync(file, `${login.secret}\n`)
        else rmSync(file, { force: true })
      }
      await hold(holding)
      const provider = createCommandProvider({ command: commandOf(`if test -e '${file}'; then cat '${file}'; fi`) })
      return { provider, hold }
    },
    keepsLoginsApart: false,
    namesUser: false,
    keeps: false,
    stuck: async (timeout) => createCommandProvider({ command: commandOf('sleep 60'), timeout }),
    failing: {
      'it prints the secret, and fails': async (secret) =>
        createCommandProvider({ command: commandOf(`echo '${secret}'; echo "what is ${secret}?" >&2; exit 3`) }),
      'it is killed': async (secret) =>
        createCommandProvider({ command: commandOf(`echo '${secret}' >&2; echo '${secret}'; kill -9 $$`) }),
      'it says the secret, and does not end': async (secret) =>
        createCommandProvider({ command: commandOf(`echo '${secret}' >&2; sleep 60`), timeout: 500 }),
      'it prints without end': async (secret) =>
        createCommandProvider({ command: commandOf(`while :; do echo '${secret}${'x'.repeat(4000)}'; done`) }),
    },
  })
}

describe('createCommandProvider', () => {
  it('takes the first line, whatever its end', async () => {
    expect(await ask({ command: { program: 'printf', args: ['one\r\ntwo\n'] } })).toBe('one')
    expect(await ask({ command: { shell: 'printf one | tr o 0' } })).toBe('0ne')
  })

  it('tells the program for whom it is asked', async () => {
    const command = {
      shell: `printf '%s' "$MAILTIDE_ACCOUNT $MAILTIDE_HOST $MAILTIDE_PORT \${MAILTIDE_USER-nobody} $MAILTIDE_REFUSED"`,
    }
    expect(await ask({ command })).toBe('home imap.example.org 993 bob ')
    expect(await ask({ command }, { user: undefined, refused: true })).toBe('home imap.example.org 993 nobody 1')
  })

  it('gives arguments as they are, with no shell between', async () => {
    expect(await ask({ command: { program: 'printf', args: ['%s', '$HOME; *'] } })).toBe('$HOME; *')
  })

  it('says what kind of secret it is', async () => {
    const provider = createCommandProvider({ command: { program: 'echo', args: ['ya29'] }, kind: 'access-token' })
    expect(await provider.find(request, signal)).toMatchObject({ kind: 'access-token' })
  })

  it('says why a program failed', async () => {
    const program = fakeProgram('get-password', 'echo "the database is locked" >&2; exit 3')
    await expect(ask({ command: { program } })).rejects.toMatchObject({
      code: 'credentials/program-failed',
      message: 'The password program get-password ended with exit code 3: the database is locked',
    })
  })

  it('says what to do if there is no such program', async () => {
    await expect(ask({ command: { program: '/nowhere/get-password', args: ['hunter2'] } })).rejects.toMatchObject({
      code: 'credentials/program-missing',
      message: 'The password program get-password was not found',
      hint: expect.stringContaining('PATH'),
    })
    await expect(ask({ command: { shell: 'no-such-program' } })).rejects.toMatchObject({
      code: 'credentials/program-failed',
      message: expect.stringContaining('not found'),
    })
    await expect(ask({ command: { program: temporaryDirectory() } })).rejects.toMatchObject({
      code: 'credentials/program-failed',
    })
  })
})
