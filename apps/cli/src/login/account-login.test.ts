import type { AccountConfig, Config, ImapConfig, LoginConfig } from '@mailtide/config'
import { createSecret } from '@mailtide/contracts'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Evaluator } from '../python/evaluator.ts'
import { createAccountLogin, type LoginContext } from './account-login.ts'

const { signal } = new AbortController()
const request = { host: 'imap.example.org', port: 993, user: 'alex', refused: false }
const expression = (option: string) => ({ section: 'Repository a', option, text: 'get()', origin: { file: 'rc' } })

/** The login of an account with these lines, whose expressions answer one after another. */
function login(
  config: Partial<LoginConfig>,
  answers: readonly (string | Error)[] = [],
  context: Partial<LoginContext> = {},
) {
  let asked = 0
  const evaluate = async () => {
    const answer = answers[asked++]
    if (answer instanceof Error) throw answer
    return answer
  }
  const general = { ignoreKeyring: true, updateKeyring: false, metadata: '/nowhere' } as Config['general']
  return createAccountLogin(
    { name: 'home' } as AccountConfig,
    { name: 'server', login: { oauth2: { tokenStore: 'file' }, ...config } } as ImapConfig,
    { general, evaluator: { evaluate } as unknown as Evaluator, prompt: undefined, warn: () => undefined, ...context },
  )
}

// Nobody's own netrc is asked.
beforeEach(() => {
  vi.stubEnv('NETRC', '/nowhere/.netrc')
  return () => vi.unstubAllEnvs()
})

describe('createAccountLogin', () => {
  it('finds the user once, and again only if that failed', async () => {
    const { user } = login({ user: expression('remoteusereval') }, [new Error('locked'), 'alex', 'another'])
    await expect(user('h', 993, signal)).rejects.toThrow('locked')
    expect([await user('h', 993, signal), await user('h', 993, signal)]).toEqual(['alex', 'alex'])
  })

  it('asks for an access token before a password, or in the order of the mechanisms', async () => {
    const both: Partial<LoginConfig> = {
      password: createSecret('password'),
      oauth2: { tokenStore: 'file', accessToken: createSecret('token') },
    }
    const kindOf = async (mechanisms?: readonly string[]) =>
      (await login({ ...both, ...(mechanisms && { mechanisms }) }).find(request, signal))?.kind
    expect(await kindOf()).toBe('access-token')
    expect(await kindOf(['PLAIN', 'XOAUTH2'])).toBe('password')
    expect(await kindOf(['LOGIN'])).toBe('password')
  })

  it('has nothing to ask for where the mechanisms need nothing', async () => {
    expect(await login({ mechanisms: ['GSSAPI'] }).find(request, signal)).toBeUndefined()
  })

  it('asks who sits at the terminal last, and tells that the server refused', async () => {
    const questions: string[] = []
    const prompt: LoginContext['prompt'] = async (question) => {
      questions.push(question)
      return createSecret(`answer ${questions.length}`)
    }
    const { find } = login({ mechanisms: ['PLAIN'] }, [], { prompt })
    expect((await find(request, signal))?.secret.reveal()).toBe('answer 1')
    expect((await find({ ...request, refused: true }, signal))?.secret.reveal()).toBe('answer 2')
    expect(questions).toEqual([
      "Enter the password of user 'alex' on imap.example.org (account home): ",
      "The server refused it. Enter the password of user 'alex' on imap.example.org (account home): ",
    ])
  })

  it('says what to do where nobody knows anything', async () => {
    await expect(login({ mechanisms: ['PLAIN'] }).find(request, signal)).rejects.toMatchObject({
      code: 'cli/no-password',
    })
    await expect(login({ mechanisms: ['XOAUTH2'] }).find(request, signal)).rejects.toMatchObject({
      code: 'cli/no-token',
      hint: expect.stringContaining('mailtide login home'),
    })
    const nobody = login({ password: createSecret('x') }).find({ ...request, user: undefined }, signal)
    await expect(nobody).rejects.toMatchObject({ code: 'cli/no-user' })
  })
})
