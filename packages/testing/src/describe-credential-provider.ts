import { inspect } from 'node:util'
import { type CredentialProvider, type CredentialRequest, createSecret, MailtideError } from '@mailtide/contracts'
import { beforeAll, describe, expect, it } from 'vitest'

/** A login that a store of credentials holds. */
export interface HeldLogin {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly secret: string
}

/** A provider, and a hand on its store. */
export interface CredentialStoreUnderTest {
  readonly provider: CredentialProvider
  /** Makes the store hold these logins, and no others, from now on. */
  hold(logins: readonly HeldLogin[]): Promise<void>
}

/** How the shared suite gets at a credential provider. */
export interface CredentialProviderSuite {
  /** A provider on a store of its own that holds these. */
  create(holding: readonly HeldLogin[]): Promise<CredentialStoreUnderTest>
  /** Whether the store keeps many logins apart. One that does not holds at most one secret, and it answers anybody. */
  readonly keepsLoginsApart: boolean
  /** Whether the store knows who the user is, where the configuration names none. */
  readonly namesUser: boolean
  /** Whether the provider has `keep`. */
  readonly keeps: boolean
  /** A provider whose program never ends, with this time limit in milliseconds. Left out where no program is run. */
  stuck?(timeout: number): Promise<CredentialProvider>
  /** Providers that cannot be asked, each by what is wrong, though this secret is in their reach. */
  readonly failing: Readonly<Record<string, (secret: string) => Promise<CredentialProvider>>>
  /** Why the suite cannot run on this machine. */
  missing?(): Promise<string | undefined>
}

const bob: HeldLogin = { host: 'imap.example.org', port: 993, user: 'bob@example.org', secret: 'hunter2' }

const oddSecrets = [
  ` Grüße, 鍵 \u{1F511} quo"te's \\ and \\" back `,
  '$(id) `id` $HOME %s %(user)s !x * ; & | # =:',
  '--help',
  'x'.repeat(2000),
]

/** The suite that every credential provider joins: each sentence of the contract. */
export function describeCredentialProvider(name: string, suite: CredentialProviderSuite): void {
  describe(`${name} as a credential provider`, () => {
    let missing: string | undefined
    beforeAll(async () => {
      missing = await suite.missing?.()
    })
    const providerIt = (sentence: string, test: () => Promise<void>) =>
      it(sentence, async (context) => {
        if (missing) return context.skip(missing)
        await test()
      })

    providerIt('finds the secret that it holds, exactly', async () => {
      const { provider, hold } = await suite.create([bob])
      for (const secret of [bob.secret, ...oddSecrets]) {
        await hold([{ ...bob, secret }])
        expect(await found(provider, requestOf(bob))).toBe(secret)
      }
    })

    providerIt('finds nothing in a store that holds nothing', async () => {
      const { provider } = await suite.create([])
      expect(await found(provider, requestOf(bob))).toBeUndefined()
    })

    if (suite.keepsLoginsApart) {
      providerIt('keeps the logins of one host apart, and hosts', async () => {
        const logins = [
          bob,
          { ...bob, user: 'alice', secret: 'one' },
          { ...bob, user: 'bob', secret: 'two' },
          { ...bob, host: 'example.org', secret: 'three' },
        ]
        const { provider } = await suite.create(logins)
        const answers = await Promise.all(logins.map((login) => found(provider, requestOf(login))))
        expect(answers).toEqual(logins.map(({ secret }) => secret))
        const strangers = [
          { ...bob, user: 'eve' },
          { ...bob, user: 'bob@example' },
          { ...bob, user: '' },
          { ...bob, host: 'mail.example.org' },
          { ...bob, host: 'imap.example.org.evil.example' },
        ]
        const refusals = await Promise.all(strangers.map((login) => found(provider, requestOf(login))))
        expect(refusals).toEqual(strangers.map(() => undefined))
      })
    }

    if (suite.namesUser) {
      providerIt('says who the user is, where the configuration does not', async () => {
        const { provider } = await suite.create([bob])
        const credential = await provider.find({ ...requestOf(bob), user: undefined }, never)
        expect([credential?.user, credential?.secret.reveal()]).toEqual([bob.user, bob.secret])
      })
    }

    providerIt('answers anew each time it is asked', async () => {
      const { provider, hold } = await suite.create([bob])
      expect(await found(provider, requestOf(bob))).toBe(bob.secret)
      await hold([{ ...bob, secret: 'changed' }])
      expect(await found(provider, requestOf(bob))).toBe('changed')
      await hold([{ ...bob, secret: 'again' }])
      expect(await found(provider, { ...requestOf(bob), refused: true })).toBe('again')
      await hold([])
      expect(await found(provider, requestOf(bob))).toBeUndefined()
    })

    providerIt('can be asked several times at once', async () => {
      const { provider } = await suite.create([bob])
      const answers = await Promise.all(Array.from({ length: 4 }, () => found(provider, requestOf(bob))))
      expect(new Set(answers)).toEqual(new Set([bob.secret]))
    })

    providerIt('is not asked once the signal is given', async () => {
      const { provider } = await suite.create([bob])
      const reason = new Error('stop')
      await expect(provider.find(requestOf(bob), AbortSignal.abort(reason))).rejects.toBe(reason)
    })

    const { stuck } = suite
    if (stuck) {
      providerIt('stops when the signal is given while it asks', async () => {
        const provider = await stuck(60_000)
        const stopping = new AbortController()
        const reason = new Error('stop')
        const asking = provider.find(requestOf(bob), stopping.signal)
        stopping.abort(reason)
        await expect(asking).rejects.toBe(reason)
      })

      providerIt('does not wait longer than its time limit', async () => {
        const provider = await stuck(200)
        await expect(provider.find(requestOf(bob), never)).rejects.toMatchObject({
          code: 'credentials/timeout',
          scope: 'account',
          retryable: true,
        })
      })
    }

    for (const [wrong, create] of Object.entries(suite.failing)) {
      providerIt(`rejects, and gives nothing away: ${wrong}`, async () => {
        const secret = 'correct-horse-battery'
        const provider = await create(secret)
        const error = await provider.find(requestOf(bob), never).then(
          () => expect.unreachable('it should have failed'),
          (thrown: unknown) => thrown,
        )
        expect(error).toBeInstanceOf(MailtideError)
        expect(error).toMatchObject({ code: expect.stringMatching(/^credentials\//), scope: 'account' })
        expect(error).toMatchObject({ hint: expect.any(String) })
        expect(everythingIn(error)).not.toContain(secret)
        expect(everythingIn(provider)).not.toContain(secret)
      })
    }

    providerIt('shows no secret when it, or what it answers, is printed', async () => {
      const { provider } = await suite.create([{ ...bob, secret: 'correct-horse-battery' }])
      const credential = await provider.find(requestOf(bob), never)
      expect(credential?.secret.reveal()).toBe('correct-horse-battery')
      expect(everythingIn([provider, credential])).not.toContain('correct-horse-battery')
    })

    if (suite.keeps) {
      providerIt('keeps what it is given to keep, in the place of what it had', async () => {
        const { provider } = await suite.create([])
        for (const secret of ['first', ...oddSecrets]) {
          await provider.keep?.(requestOf(bob), { kind: 'password', secret: createSecret(secret) }, never)
          expect(await found(provider, requestOf(bob))).toBe(secret)
        }
      })
    }
  })
}

const never = new AbortController().signal

function requestOf({ host, port, user }: HeldLogin): CredentialRequest {
  return { account: 'home', host, port, user, refused: false }
}

async function found(provider: CredentialProvider, request: CredentialRequest): Promise<string | undefined> {
  const credential = await provider.find(request, never)
  return credential?.secret.reveal()
}

/** All that a log, a dump or a curious caller could print of a value: hidden properties and causes too. */
function everythingIn(value: unknown): string {
  const shown = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxStringLength: null })
  const hint = value instanceof MailtideError ? value.hint : ''
  return [shown, JSON.stringify(value), String(value), hint].join('\n')
}
