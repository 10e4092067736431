import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type FakeServerOptions, fakeAuthorizationServer, fakeProgram } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { bareRc, createHome, mailIn, message, reaching, startServer } from '../testing/mailtide-home.ts'

const accessToken = 'ya29.the-access-token'

/** An account whose tokens come from an authorization server of its own. */
async function scene(options: FakeServerOptions = {}, more = 'oauth2_token_store = file') {
  const authorization = await fakeAuthorizationServer({ accessToken, interval: 1, ...options })
  const server = await startServer({
    users: [{ name: 'bob', password: 'no password', accessToken }],
    mechanisms: ['XOAUTH2', 'OAUTHBEARER'],
  })
  server.account('bob').folder('INBOX').append(message(1))
  const home = createHome()
  const { provider, client } = authorization
  const write = (lines: string) =>
    home.write(
      bareRc(`${reaching(server)}
remoteuser = bob
auth_mechanisms = XOAUTH2, OAUTHBEARER
oauth2_client_id = ${client.id}
oauth2_client_secret = ${client.secret}
oauth2_request_url = ${provider.tokenEndpoint}
${lines}
${more}`),
    )
  write(`oauth2_authorization_url = ${provider.authorizationEndpoint}
oauth2_device_url = ${provider.deviceEndpoint}
oauth2_scopes = ${provider.scopes.join(' ')}`)
  return { home, server, authorization, write, tokens: home.path('.offlineimap/Account-home/oauth2-tokens.json') }
}

/** Logs in as a user would who opens the address that is shown. */
async function logIn({ home }: Awaited<ReturnType<typeof scene>>, ...args: string[]) {
  const { child, output } = home.start(['login', 'home', ...args])
  const ended = once(child, 'close')
  let visit: Promise<unknown> | undefined
  child.stdout?.on('data', () => {
    const [address] = /http:\/\/127\.0\.0\.1:\d+\/authorize\S+/.exec(output.out) ?? []
    if (address !== undefined) visit ??= fetch(address)
  })
  const [code] = await ended
  await visit
  return { code, ...output }
}

const quiet = { code: 0, out: '', err: '' }

describe('mailtide login', () => {
  it('gets tokens in a browser, keeps them for this user alone, and syncs with them', async () => {
    const account = await scene({ rotates: true })
    const { code, out, err } = await logIn(account)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/Allow mailtide to read and write the mail of home, at this address:/)
    expect(out).toMatch(/home is logged in\. Its tokens are kept in a file that only you can read\.\n$/)
    expect(statSync(account.tokens).mode & 0o777).toBe(0o600)
    expect(out).not.toContain(accessToken)
    expect(await account.home.run('-u', 'quiet')).toEqual(quiet)
    expect(mailIn(account.home)).toHaveLength(1)
  })

  it('gets them by a code that is typed in elsewhere', async () => {
    const account = await scene()
    account.authorization.devicePatience.push('authorization_pending')
    const { code, out } = await logIn(account, '--device')
    expect(code).toBe(0)
    expect(out).toMatch(/Open http:\/\/127\.0\.0\.1:\d+\/activate on any machine and enter the code WDJB-MJHT\n/)
    expect(await account.home.run('-u', 'quiet')).toEqual(quiet)
  })

  it('opens the browser of the user', async () => {
    const account = await scene()
    const browser = fakeProgram('browser', `exec '${process.execPath}' -e 'fetch(process.argv[1])' "$1"`)
    const opened = createOpening(browser)
    const { child, output } = account.home.start(['login', 'home'], opened)
    const [code] = await once(child, 'close')
    expect({ code, err: output.err }).toEqual({ code: 0, err: '' })
  })

  it.each([
    ['oauth2_client_id =', /lacks oauth2_client_id, which mailtide login needs/],
    ['oauth2_request_url =', /lacks oauth2_request_url, which mailtide login needs/],
    ['oauth2_access_token_provider = oauth2:gmale', /oauth2:gmale .* names no provider that mailtide knows/],
  ])('says what the rc file lacks: %s', async (line, message) => {
    const account = await scene({}, line)
    const [option = ''] = line.split(' ')
    const rc = readFileSync(account.home.path('.offlineimaprc'), 'utf8')
    account.home.write(rc.replace(new RegExp(`^${option} = .+\n(?=[^]*${option})`, 'm'), ''))
    const { code, err } = await account.home.run('login', 'home')
    expect(code).toBe(1)
    expect(err).toMatch(message)
  })

  it('knows no account that is not there', async () => {
    const { home } = await scene()
    expect(await home.run('login', 'hom')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean home?'),
    })
  })
})

function createOpening(browser: string): Readonly<Record<string, string>> {
  return { BROWSER: browser, PATH: `${dirname(browser)}:${process.env['PATH']}` }
}

describe('access tokens', () => {
  it('are refreshed with the refresh token of the rc file', async () => {
    const account = await scene()
    account.write(`oauth2_refresh_token = ${account.authorization.grant()}`)
    expect(await account.home.run('-u', 'quiet')).toEqual(quiet)
    expect(account.authorization.asked.map((form) => form.get('grant_type'))).toEqual(['refresh_token'])
    expect(mailIn(account.home)).toHaveLength(1)
  })

  it('are refreshed with a token that is computed anew, and with the one that came in its place', async () => {
    const account = await scene({ rotates: true, expiresIn: 0 })
    account.write(`oauth2_refresh_token_eval = '${account.authorization.grant()}'`)
    for (let run = 0; run < 3; run++) expect(await account.home.run('-u', 'quiet')).toEqual(quiet)
    const used = account.authorization.asked.map((form) => form.get('refresh_token'))
    expect(new Set(used).size).toBe(3)
  })

  it('that cannot be had any more say who has to log in again, and end with their own exit code', async () => {
    const account = await scene()
    await logIn(account)
    account.authorization.withdraw()
    expect(await account.home.run('-u', 'quiet')).toEqual(quiet)
    const expired = await scene({ expiresIn: 0 })
    await logIn(expired)
    expired.authorization.withdraw()
    const { code, err } = await expired.home.run('-u', 'quiet')
    expect(code).toBe(4)
    expect(err).toMatch(/mailtide login home/)
    expect(err).not.toMatch(/refresh-token-|access-token/)
  })

  it('that nobody ever asked for lead to mailtide login', async () => {
    const { home } = await scene()
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(/there is no access token for \[Repository server\].*\n.*Run: mailtide login home/)
  })
})
