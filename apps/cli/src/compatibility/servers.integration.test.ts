import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { fakeAuthorizationServer } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { accountRc, createHome, createScene, general, mailIn, message, startServer } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }
const server = (line: string) => ['-k', `Repository_home-server:${line}`]

describe('a server', () => {
  it('that keeps silent is given up after socktimeout', async () => {
    const { home, server: silent } = await createScene(1, { general: 'socktimeout = 1', remote: 'retrycount = 1' })
    silent.faults.add({ kind: 'stall', command: 'UID FETCH', times: Number.POSITIVE_INFINITY })
    const { code, err } = await home.run(...quiet)
    expect(code).toBe(1)
    expect(err).toMatch(/^ERROR: [^\n]*(silent|answer)/)
  })

  it.each([
    [1, 1],
    [3, 0],
  ])('that hangs up is tried again as retrycount says: %i ends with %i', async (count, code) => {
    const { home, server: unsteady } = await createScene(3)
    unsteady.faults.add({ kind: 'cut', command: 'UID FETCH', times: 1, at: 'before-effect' })
    expect((await home.run(...quiet, ...server(`retrycount=${count}`))).code).toBe(code)
    expect(mailIn(home)).toHaveLength(code === 0 ? 3 : 0)
  })

  it('is spoken to in compressed form with usecompression, if it can, and told who we are', async () => {
    const { home, server: able } = await createScene(1, { remote: 'usecompression = yes' })
    expect(await home.run(...quiet)).toEqual(done)
    expect(able.commands.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['COMPRESS DEFLATE', 'ID ("name" "mailtide")']),
    )
    const unable = await createScene(
      1,
      { remote: 'usecompression = yes' },
      { extensions: { 'COMPRESS=DEFLATE': false } },
    )
    expect(await unable.home.run(...quiet)).toEqual(done)
  })

  it('has no more than maxconnections at once', async () => {
    const { home, server: counted } = await createScene(1, { remote: 'maxconnections = 2' })
    for (const name of ['a', 'b', 'c', 'd', 'e']) counted.account().create(name).append(message(1))
    expect(await home.run(...quiet)).toEqual(done)
    expect(new Set(counted.commands.map(({ connection }) => connection)).size).toBe(2)
  })

  it('without STARTTLS gets no password, unless starttls = no says that it may', async () => {
    const { home, server: plain } = await createScene(1)
    const { code, err } = await home.run(...quiet, ...server('starttls=yes'))
    expect(code).toBe(1)
    expect(err).toMatch(/STARTTLS/)
    expect(plain.loginAttempts).toEqual([])
  })

  it('by STARTTLS has to have a certificate that is right', async () => {
    const secure = await startServer({ tls: 'starttls' })
    secure.account().folder('INBOX').append(message(1))
    const home = createHome()
    home.write(general('home') + accountRc('home', secure.port).replace('starttls = no', 'starttls = yes'))
    expect((await home.run(...quiet)).code).toBe(1)
    expect(secure.loginAttempts).toEqual([])
    writeFileSync(home.path('ca.pem'), secure.certificateAuthority)
    expect(await home.run(...quiet, ...server('sslcacertfile=~/ca.pem'))).toEqual(done)
  })

  it('lets in by the mechanisms of auth_mechanisms alone', async () => {
    const { home, server: choosy } = await createScene(1, {}, { mechanisms: ['PLAIN', 'CRAM-MD5', 'XOAUTH2'] })
    expect(await home.run(...quiet, ...server('auth_mechanisms=CRAM-MD5, PLAIN'))).toEqual(done)
    expect(choosy.loginAttempts.map(({ mechanism }) => mechanism)).toContain('CRAM-MD5')
    const { code, err } = await home.run(...quiet, ...server('auth_mechanisms=XOAUTH2'))
    expect(code).toBe(1)
    expect(err).toMatch(/there is no access token/)
  })

  it('opens the mail of another by remote_identity', async () => {
    const users = [
      { name: 'demo', password: 'demo', mayActFor: ['shared'] },
      { name: 'shared', password: 'x' },
    ]
    const { home, server: shared } = await createScene(0, { remote: 'remote_identity = shared' }, { users })
    shared.account('shared').folder('INBOX').append(message(1))
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('takes the first line of remotepassfile, without the blanks around it', async () => {
    const { home } = await createScene(1)
    const text = readFileSync(home.path('.offlineimaprc'), 'utf8')
    home.write(text.replace('remotepass = demo', 'remotepassfile = ~/pass'))
    writeFileSync(home.path('pass'), '  demo \r\nanother\n')
    expect(await home.run(...quiet)).toEqual(done)
  })

  it('that wants a password is told of, where no keyring is and nobody can be asked', async () => {
    const home = createHome({ PATH: '/none' })
    home.write(general('home') + accountRc('home', (await startServer()).port).replace('remotepass = demo\n', ''))
    const { code, err } = await home.run()
    expect(code).toBe(1)
    expect(err).toMatch(/there is no password for \[Repository home-server\]/)
  })
})

describe('two servers', () => {
  it('may have a window, and take each message once', async () => {
    const [here, there] = [await startServer(), await startServer()]
    const old = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000)
    there.account().folder('INBOX').append(message(1), { internalDate: old })
    there.account().folder('INBOX').append(message(2))
    here.account().folder('INBOX').append(message(3))
    const home = createHome()
    const local = `type = IMAP\nremotehost = 127.0.0.1\nremoteport = ${here.port}\nremoteuser = demo\nremotepass = demo\nssl = no\nstarttls = no\n`
    const rc = accountRc('home', there.port, { account: 'maxage = 10' })
    home.write(general('home') + rc.replace(/type = Maildir\nlocalfolders = .*\n/, local))
    for (let run = 0; run < 2; run++) expect(await home.run(...quiet)).toEqual(done)
    expect([here, there].map((each) => each.account().folder('INBOX').messages().length)).toEqual([2, 3])
  })
})

describe('OAuth 2', () => {
  /** An HTTP proxy that notes where it was asked to go. */
  async function startProxy(): Promise<{ port: number; asked: string[] }> {
    const asked: string[] = []
    const proxy = createServer((client: Socket) => {
      client.once('data', (request) => {
        const [, target = ''] = /^CONNECT (\S+) HTTP/.exec(request.toString()) ?? []
        asked.push(target)
        const there = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
          client.write('HTTP/1.1 200 Connection established\r\n\r\n')
          client.pipe(there).pipe(client)
        })
        for (const end of [client, there]) end.on('error', () => client.destroy())
      })
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    onTestFinished(() => void proxy.close())
    const address = proxy.address()
    return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, asked }
  }

  it('asks for tokens with what is computed, through authproxy alone', async () => {
    const accessToken = 'ya29.the-access-token'
    const authorization = await fakeAuthorizationServer({ accessToken })
    const users = [{ name: 'demo', password: 'none', accessToken }]
    const mail = await startServer({ users, mechanisms: ['XOAUTH2'] })
    mail.account().folder('INBOX').append(message(1))
    const { port, asked } = await startProxy()
    const home = createHome()
    const { client, provider } = authorization
    const remote = `auth_mechanisms = XOAUTH2
oauth2_client_id_eval = '${client.id}\\n'
oauth2_client_secret_eval = '${client.secret}\\n'
oauth2_refresh_token_eval = '${authorization.grant()}\\n'
oauth2_request_url = ${provider.tokenEndpoint}
oauth2_token_store = file`
    const account = `authproxy = HTTP:127.0.0.1:${port}`
    home.write(general('home') + accountRc('home', mail.port, { account, remote }).replace('remotepass = demo\n', ''))
    expect(await home.run(...quiet)).toEqual(done)
    expect(asked).toEqual([new URL(provider.tokenEndpoint).host])
    expect(mailIn(home)).toHaveLength(1)
    expect(statSync(home.path('.offlineimap/Account-home/oauth2-tokens.json')).mode & 0o777).toBe(0o600)
  })

  it('takes an access token as it is', async () => {
    const users = [{ name: 'demo', password: 'none', accessToken: 'ya29.token' }]
    const mail = await startServer({ users, mechanisms: ['XOAUTH2'] })
    const home = createHome()
    const plain = accountRc('home', mail.port).replace('remotepass = demo\n', 'oauth2_access_token = ya29.token\n')
    home.write(general('home') + plain)
    expect(await home.run(...quiet)).toEqual(done)
    home.write(general('home') + plain.replace('= ya29.token', '= wrong'))
    const { code, err } = await home.run(...quiet)
    expect(code).toBe(4)
    expect(err).not.toContain('wrong')
  })
})
