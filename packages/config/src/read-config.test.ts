import { describe, expect, it } from 'vitest'
import { formatProblem } from './problem.ts'
import { type ConfigInput, readConfig } from './read-config.ts'

const rc = {
  general: '[general]\naccounts = home',
  account: '[Account home]\nlocalrepository = disk\nremoterepository = server',
  disk: '[Repository disk]\ntype = Maildir\nlocalfolders = ~/Mail',
  server: '[Repository server]\ntype = IMAP\nremotehost = imap.example.org\nremoteuser = alex\nremotepass = hunter2',
}

/** A sound rc file with lines added to its sections. */
function rcWith(added: Partial<Record<keyof typeof rc, string>> = {}, more = ''): string {
  const sections = Object.entries(rc).map(([name, text]) => `${text}\n${added[name as keyof typeof rc] ?? ''}\n`)
  return [...sections, more].join('\n')
}

function read(text: string, input: Partial<ConfigInput> = {}) {
  const context = { file: 'rc', home: '/home/alex', directory: '/tmp', environment: {} }
  const { config, problems } = readConfig({ text, ...context, ...input })
  const imap = config?.accounts.get('home')?.remote
  return { config, imap, maildir: config?.accounts.get('home')?.local, problems: problems.map(formatProblem) }
}

describe('readConfig', () => {
  it('reads a small file with every default filled in', () => {
    const { config, problems } = read(rcWith())
    expect(problems).toEqual([])
    expect(JSON.parse(JSON.stringify({ ...config, accounts: [...(config?.accounts ?? [])] }))).toEqual({
      general: {
        metadata: '/home/alex/.offlineimap',
        accounts: ['home'],
        maxSyncAccounts: 1,
        ui: 'ttyui',
        socketTimeout: 60,
        fsync: true,
        dryRun: false,
        ignoreKeyring: false,
        updateKeyring: false,
        ignoreReadOnly: false,
      },
      accounts: [
        [
          'home',
          {
            name: 'home',
            autorefresh: 0,
            quick: 0,
            utf8FolderNames: false,
            filterHeaders: [],
            writeOfflineImapState: false,
            local: {
              type: 'Maildir',
              name: 'disk',
              root: '/home/alex/Mail',
              separator: '.',
              infoSeparator: ':',
              mtimeFromInternalDate: true,
              timeFromHeader: false,
              nameTimeFromHeader: false,
              restoreAccessTime: false,
              customFlags: {},
              readOnly: false,
              createFolders: true,
              syncDeletes: true,
            },
            remote: {
              type: 'IMAP',
              name: 'server',
              host: 'imap.example.org',
              port: 993,
              login: { user: 'alex', password: '[secret]', oauth2: { tokenStore: 'auto' } },
              encryption: 'tls',
              certificateAuthorities: 'system',
              fingerprints: [],
              compression: false,
              expunge: true,
              subscribedOnly: false,
              attempts: 3,
              readOnly: false,
              createFolders: true,
              syncDeletes: true,
            },
          },
        ],
      ],
    })
  })

  it('reads what the file says', () => {
    const { config, imap, maildir, problems } = read(
      rcWith(
        {
          general: 'metadata = $STATE\nmaxsyncaccounts = 2\nui = basic\nsocktimeout = 30\nfsync = no\ndry-run = on',
          account: 'quick = -1\nutf8foldernames = yes\nmaildir-windows-compatible = yes',
          disk: 'sep = /\nreadonly = yes\ncreatefolders = no\nsync_deletes = no\nmtime-from-internaldate = no',
          server: 'ssl = no\nipv6 = no\nusecompression = yes\nmaxconnections = 2\nsslcacertfile = ~/ca.pem',
        },
        '[DEFAULT]\nautorefresh = 0.5\n',
      ),
      { environment: { STATE: '/state' } },
    )
    expect(problems).toEqual([])
    expect(config?.general).toMatchObject({ metadata: '/state', maxSyncAccounts: 2, ui: 'basic', socketTimeout: 30 })
    expect(config?.general).toMatchObject({ fsync: false, dryRun: true })
    expect(config?.accounts.get('home')).toMatchObject({ autorefresh: 0.5, quick: -1, utf8FolderNames: true })
    expect(maildir).toMatchObject({ separator: '/', infoSeparator: '!', mtimeFromInternalDate: false })
    expect(maildir).toMatchObject({ readOnly: true, createFolders: false, syncDeletes: false })
    expect(imap).toMatchObject({ port: 143, encryption: 'starttls', family: 4, compression: true, maxConnections: 2 })
    expect(imap).toMatchObject({ certificateAuthorities: { file: '/home/alex/ca.pem' } })
  })

  it('reads how labels are kept, between a Gmail and a GmailMaildir', () => {
    const gmail = (more: string) =>
      read(rcWith({ account: `synclabels = yes\n${more}`, disk: 'type = GmailMaildir', server: 'type = Gmail' }))
    const labelsOf = ({ config }: ReturnType<typeof read>) => config?.accounts.get('home')?.labels
    expect(labelsOf(gmail(''))).toEqual({ header: 'X-Keywords', ignored: [] })
    expect(labelsOf(gmail('labelsheader = X-Label\nignorelabels = \\Inbox, Two words,'))).toEqual({
      header: 'X-Label',
      ignored: ['\\Inbox', 'Two words'],
    })
    expect(gmail('labelsheader = X Label').problems).toContainEqual(
      expect.stringMatching(/error: labelsheader is 'X Label', which is no name of a header/),
    )
    expect(labelsOf(read(rcWith({ account: 'synclabels = yes' })))).toBeUndefined()
    expect(labelsOf(read(rcWith({ account: 'labelsheader = X-Label' })))).toBeUndefined()
  })

  it('reads how to log in', () => {
    const { imap, config, problems } = read(
      rcWith({
        account: 'proxy = SOCKS5:localhost:9050\nauthproxy =',
        server: `remoteuserprovider = pass:Mail/home#user
remotepassprovider = command: my-pass --of %(remotehost)s
auth_mechanisms = xoauth2, PLAIN, plain
remote_identity = shared
sslclientcert = ~/cert.pem
ssl_version = tls1_2
oauth2_client_id = id
oauth2_client_id_eval = f()
oauth2_client_secret_eval = g()
oauth2_refresh_token = r
oauth2_request_url = https://login.example.org/token
oauth2_scopes = a b
oauth2_token_store = file`,
      }),
    )
    expect(problems).toEqual([])
    expect(imap?.login).toMatchObject({
      userProvider: { name: 'pass', argument: 'Mail/home#user', option: 'remoteuserprovider' },
      passwordProvider: { name: 'command', argument: ' my-pass --of imap.example.org' },
      mechanisms: ['XOAUTH2', 'PLAIN'],
      authorizationIdentity: 'shared',
      clientCertificate: '/home/alex/cert.pem',
      oauth2: {
        clientId: 'id',
        clientSecret: { text: 'g()' },
        requestUrl: 'https://login.example.org/token',
        scopes: ['a', 'b'],
        tokenStore: 'file',
      },
    })
    expect(imap).toMatchObject({ tlsVersion: 'TLSv1.2' })
    expect(config?.accounts.get('home')).toMatchObject({ proxy: 'SOCKS5:localhost:9050' })
    expect(config?.accounts.get('home')).not.toHaveProperty('authProxy')
  })

  it('reads what is left out of a sync', () => {
    const { config, imap, maildir, problems } = read(
      rcWith({
        general: 'ignore-readonly = yes\nutime_from_header = yes',
        account: `maxsize = 1000
filterheaders = X-A, X-B
presynchook = a
postsynchook = b
write-offlineimap-state = yes`,
        disk: 'customflag_a = $Work\ncustomflag_z = Later\nrestoreatime = yes\nfilename_use_mail_timestamp = yes',
        server: `expunge = no
subscribedonly = yes
reference = Mail/
retrycount = 0
startdate = 2024-02-29
newmail_hook = f
copy_ignore_eval = g
decodefoldernames = yes`,
      }),
    )
    expect(problems).toEqual([])
    expect(config?.general).toMatchObject({ ignoreReadOnly: true })
    expect(config?.accounts.get('home')).toMatchObject({
      maxSize: 1000,
      filterHeaders: ['X-A', 'X-B'],
      preSyncHook: 'a',
      postSyncHook: 'b',
      writeOfflineImapState: true,
      utf8FolderNames: true,
    })
    expect(maildir).toMatchObject({ restoreAccessTime: true, timeFromHeader: true, nameTimeFromHeader: true })
    expect(config?.accounts.get('home')?.local).toHaveProperty(
      'customFlags',
      new Map([
        ['a', '$Work'],
        ['z', 'Later'],
      ]),
    )
    expect(imap).toMatchObject({
      expunge: false,
      subscribedOnly: true,
      reference: 'Mail/',
      attempts: 1,
      startDate: '2024-02-29',
      newMailHook: { text: 'f' },
      copyIgnore: { text: 'g' },
    })
  })

  it.each([
    ['365', 365],
    ['2024-02-29', '2024-02-29'],
  ])('reads maxage = %s', (text, maxAge) => {
    expect(read(rcWith({ account: `maxage = ${text}` })).config?.accounts.get('home')).toMatchObject({ maxAge })
  })

  it('reads an account between two servers', () => {
    const disk = '[Repository disk]\ntype = IMAP\nremotehost = localhost\nremoteuser = alex\nremotepass = x'
    const { config, problems } = read([rc.general, rc.account, disk, rc.server].join('\n'))
    expect(problems).toEqual([])
    expect(config?.accounts.get('home')?.local).toMatchObject({ type: 'IMAP', host: 'localhost' })
  })

  it('needs no host and no encryption where a tunnel is logged in already', () => {
    const server = '[Repository server]\ntype = IMAP\npreauthtunnel = ssh -q host imapd'
    const { imap, problems } = read([rc.general, rc.account, rc.disk, server].join('\n'))
    expect(problems).toEqual([])
    expect(imap).toMatchObject({
      host: 'localhost',
      encryption: 'none',
      tunnel: { command: 'ssh -q host imapd', preauthenticated: true },
    })
    expect(imap?.login).not.toHaveProperty('user')
  })

  it('keeps a password exactly, and never shows it', () => {
    const { config } = read(rcWith({ server: 'remotepass = "a;b"#c %%(x)s  é' }))
    expect(config?.accounts.get('home')?.remote.login.password?.reveal()).toBe('"a;b"#c %(x)s  é')
    expect(read(rcWith({ server: 'remotepass = s3cret%(pass)s' })).problems.join()).not.toMatch(/s3cret|pass\)s/)
  })

  it.each([
    { why: 'neither', lines: '', authorities: 'system', fingerprints: 0 },
    { why: 'OS-DEFAULT', lines: 'sslcacertfile = OS-DEFAULT', authorities: 'system', fingerprints: 0 },
    {
      why: 'only a fingerprint',
      lines: `cert_fingerprint = ${'AB:'.repeat(31)}CD`,
      authorities: 'unchecked',
      fingerprints: 1,
    },
    {
      why: 'both',
      lines: `sslcacertfile = OS-DEFAULT\ncert_fingerprint = ${'ab'.repeat(20)}, ${'cd'.repeat(64)}`,
      authorities: 'system',
      fingerprints: 2,
    },
  ])('trusts certificates by what is set: $why', ({ lines, authorities, fingerprints }) => {
    const { imap, problems } = read(rcWith({ server: lines }))
    expect(problems).toEqual([])
    expect(imap?.certificateAuthorities).toBe(authorities)
    expect(imap?.fingerprints).toHaveLength(fingerprints)
  })

  it('reads what is Python as it stands, with the line of each of its rows', () => {
    const { imap, config, problems } = read(
      rcWith({
        server:
          "nametrans = lambda f:\n  # why\n  f.lower()\nfoldersort = by\nremotehosteval = host('a')\nfolderfilter =",
        general: 'pythonfile = ~/lib.py',
      }),
    )
    expect(problems).toEqual([])
    const origin = { file: 'rc', line: 20 }
    const nameTranslation = { section: 'Repository server', option: 'nametrans', origin, rows: [20, 22] }
    expect(imap).toMatchObject({ nameTranslation, folderSort: { text: 'by' }, host: { text: "host('a')" } })
    expect(imap?.nameTranslation?.text).toBe('lambda f:\nf.lower()')
    expect(imap?.folderFilter).toBeUndefined()
    expect(config?.general.pythonFile).toBe('/home/alex/lib.py')
  })

  it.each([
    ['Gmail', 'imap.gmail.com'],
    ['Gmail\nremotehost = imap.example.net', 'imap.example.net'],
  ])('knows the server of type = %s', (type, host) => {
    const text = rcWith()
      .replace('IMAP\nremotehost = imap.example.org', type)
      .replace('type = Maildir', 'type = GmailMaildir')
    const { imap, maildir, problems } = read(text)
    expect(problems).toEqual([])
    expect(imap).toMatchObject({ type: 'Gmail', host, port: 993 })
    expect(maildir?.type).toBe('GmailMaildir')
  })

  it('sends in clear text only when both ways to encrypt are off, and says so', () => {
    const { imap, problems } = read(rcWith({ server: 'ssl = no\nstarttls = no' }))
    expect(imap?.encryption).toBe('none')
    expect(problems).toEqual([expect.stringMatching(/^rc:21: warning: .* clear text/)])
    expect(
      read(rcWith({ server: 'ssl = no\nstarttls = no' }).replace('imap.example.org', '127.0.0.1')).problems,
    ).toEqual([])
  })

  describe('reports', () => {
    it.each([
      ['server', 'remotehots = x', /^rc:20: warning: remotehots is no option .*\(Did you mean remotehost\?\)$/],
      [
        'general',
        'remotehost = x',
        /remotehost says nothing in \[general\] .*belongs in \[Repository …\] of type IMAP/,
      ],
      ['disk', 'remotehost = x', /remotehost says nothing in \[Repository …\] of type Maildir/],
      ['account', 'colour = red', /colour is no option that mailtide knows/],
      ['account', 'sync_delets = no', /Did you mean sync_deletes\? It belongs in \[Repository …\]/],
      ['server', 'ssl = maybe', /^rc:20: error: ssl wants yes or no, not 'maybe'/],
      ['server', 'ssl = yes # always', /warning: what follows ssl .*A comment needs a line of its own/],
      ['server', 'remoteport = 993 # imaps', /warning: what follows remoteport .*A comment needs/],
      ['server', 'remoteport = 0', /error: remoteport lies between 1 and 65535/],
      ['account', 'autorefresh = 5 min', /error: autorefresh wants a number, not '5 min'/],
      ['account', 'autorefresh = -1', /warning: autorefresh below 0/],
      ['general', 'maxsyncaccounts = 0', /error: maxsyncaccounts is at least 1/],
      ['disk', 'localfolders = ~/Mail  # here', /warning: .*localfolders holds what looks like a comment/],
      ['disk', 'sep = "."', /warning: the quotes around the value of sep count/],
      ['disk', 'sep =', /error: sep is empty/],
      ['server', 'ipv6 =', /warning: ipv6 is empty and counts as unset/],
      ['general', 'metadata =', /warning: metadata is empty and counts as unset/],
      ['disk', 'localfolders = $NOPE/x', /error: localfolders refers to \$NOPE, which is not set/],
      ['server', 'remotehost = imap.example.org:143', /error: remotehost holds a port/],
      ['server', 'remotepass = 100%', /error: remotepass holds a single %/],
      ['server', 'remoteuser = %(nobody)s', /error: remoteuser refers to %\(nobody\)s that is set neither/],
      ['server', 'remoteuser = %(remoteuser)s', /error: remoteuser refers to itself/],
      ['server', 'cert_fingerprint = abc', /error: cert_fingerprint holds 'abc'/],
      ['server', 'remotepassfile = ~/pass', /warning: remotepassfile is not read/],
      ['server', 'realdelete = yes', /warning: realdelete does nothing/],
      ['server', 'sep = .', /warning: sep does nothing/],
      ['account', 'status_backend = plain', /warning: status_backend does nothing/],
      ['server', 'ssl_version = ssl3', /error: ssl3 is broken, and spoken by nobody any more/],
      ['server', 'ssl_version = tls1_2\ntls_level = tls_save', /error: tls_level is 'tls_save', which there is not/],
      ['server', 'ssl_version = tls1\ntls_level = tls_secure', /tls_level = tls_secure forbids ssl_version = tls1/],
      ['server', 'auth_mechanisms = XOAUTH', /auth_mechanisms names 'XOAUTH', .*Did you mean XOAUTH2\?/],
      ['server', 'remotepassprovider = pas:Mail/x', /error: remotepassprovider names no .*'pas' \(Did you mean pass\?/],
      ['server', 'remotepassprovider = hunter2', /error: remotepassprovider names no provider/],
      ['server', 'oauth2_access_token_provider = pass:x', /error: oauth2_access_token_provider names no provider/],
      ['server', 'oauth2_request_url = accounts.example.org', /error: oauth2_request_url is no address/],
      ['server', 'oauth2_token_store = gnome', /error: oauth2_token_store is 'gnome', which there is not/],
      ['server', 'sslclientkey = ~/key.pem', /error: sslclientkey is set without sslclientcert/],
      ['server', 'preauthtunnel = a\ntransporttunnel = b', /error: preauthtunnel and transporttunnel are both set/],
      ['account', 'proxy = SOCKS5:localhost', /error: proxy is no proxy: 'SOCKS5:localhost'/],
      ['server', 'remotepasseval = get("x")', /warning: remotepass is not read: remotepasseval comes first/],
      ['account', 'maxage = ten', /error: maxage is 'ten', which is neither a number of days nor a day/],
      ['account', 'maxage = 2023-02-29', /error: maxage is '2023-02-29', which is neither/],
      ['account', 'maxage = 0', /error: maxage is '0', which is neither/],
      ['account', 'maxsize = 0', /error: maxsize is at least 1, 0 is not/],
      ['disk', 'startdate = yesterday', /error: startdate is 'yesterday', which is no day/],
      ['disk', 'customflag_a = two words', /error: customflag_a is 'two words', which is no keyword/],
      ['disk', 'customflag_a = $Work\ncustomflag_b = $Work', /error: customflag_b is '\$Work', as another letter is/],
      [
        'account',
        'synclabels = yes',
        /warning: labels are not synced: one of the repositories has none \(Set type = Gmail/,
      ],
      ['server', 'type = imap', /error: there is no type 'imap' \(Did you mean IMAP\?\)/],
      [
        'account',
        'remoterepository = disk',
        /error: remoterepository is 'disk', whose type cannot be on the remote side/,
      ],
      [
        'account',
        'remoterepository = servr',
        /error: remoterepository is 'servr', but there is no.*Did you mean server/,
      ],
      ['account', 'remoterepository =', /error: \[Account home\] lacks remoterepository/],
      ['general', 'accounts = home, hom', /^rc:3: error: there is no \[Account hom\] \(Did you mean home\?\)/],
      ['general', 'accounts =', /error: \[general\] lists no accounts \(Write accounts = home\.\)/],
    ] as const)('[%s] %s', (section, line, message) => {
      // Set twice, the second counts: the warning of that is not what is looked for.
      const problems = read(rcWith({ [section]: line })).problems.filter((text) => !text.includes('is set twice'))
      expect(problems).toEqual([expect.stringMatching(message)])
    })

    it.each([
      ['server', 'nametrans ='],
      ['server', 'nametrans = lambda f: "a # b"'],
      ['server', 'auth_mechanisms = LOGIN'],
      ['server', 'idlefolders = []'],
      ['server', 'expunge = true'],
      ['server', 'retrycount = 3'],
      ['account', 'maxage = 365'],
      ['disk', 'customflag_a = $Work'],
      ['account', 'postsynchook = notmuch new'],
      ['server', 'ssl_version = tls1_2'],
      ['server', 'tls_level = tls_secure'],
      ['server', 'auth_mechanisms = XOAUTH2, plain, login'],
      ['server', 'remotepassprovider = pass:Mail/home'],
      ['server', 'idlefolders = ["INBOX", "Work"]'],
      ['server', 'holdconnectionopen = yes'],
      ['server', 'keepalive = 60'],
      ['account', 'synclabels = off'],
      ['general', 'ignore-keyring = yes'],
    ] as const)('nothing for [%s] %s, which asks for nothing more', (section, line) => {
      expect(read(rcWith({ [section]: line })).problems).toEqual([])
    })

    it.each([
      ['[Default]\nx = 1', /\[Default\] is no section .*Did you mean \[DEFAULT\]/],
      ['[account work]', /Did you mean \[Account work\]/],
      ['[Repositry disk2]', /Did you mean \[Repository disk2\]/],
      ['[weather]', /\[weather\] is no section that mailtide knows/],
      ['[ui.Curses.Blinkenlights]\nstatuschar = .', /is gone from OfflineIMAP and ignored/],
      ['[DEFAULT]\nautorefesh = 5', /Did you mean autorefresh/],
    ])('%s', (more, message) => {
      expect(read(rcWith({}, more)).problems).toEqual([expect.stringMatching(message)])
    })

    it('everything at once, by line', () => {
      const text = 'stray\n[general]\naccounts = home\nmaxsyncaccounts = x\n[Account home]\nlocalrepository = a\n'
      expect(read(text).problems.map((problem) => problem.replace(/ \(.*/, ''))).toEqual([
        'rc:1: error: this line stands before the first section',
        "rc:4: error: maxsyncaccounts wants a whole number, not 'x'",
        'rc:5: error: [Account home] lacks remoterepository',
        "rc:6: error: localrepository is 'a', but there is no [Repository a]",
      ])
    })

    it('an option of [DEFAULT] once, however many sections it reaches', () => {
      const problems = read(rcWith({}, '[DEFAULT]\nssl = x\nmaxage = x\n')).problems
      expect(problems.filter((text) => text.includes('error'))).toHaveLength(2)
    })

    it('no option that only serves others', () => {
      expect(read(rcWith({ disk: 'localfolders = %(base)s/x' }, '[DEFAULT]\nbase = /m')).problems).toHaveLength(1)
    })

    it('two accounts that share a directory with a warning where neither takes the folders of the other', () => {
      const more = '[Account work]\nlocalrepository = disk\nremoterepository = server'
      const text = rcWith({ disk: 'folderfilter = include: home/*' }, more)
      expect(read(text, { accounts: ['home', 'work'] }).problems).toEqual([expect.stringMatching(/: warning: .*share/)])
    })

    it('two accounts that would share a directory', () => {
      const more = '[Account work]\nlocalrepository = disk\nremoterepository = server'
      expect(read(rcWith({}, more), { accounts: ['home', 'work'] }).problems).toEqual([
        expect.stringMatching(/^rc:23: error: the accounts home and work share the directory \/home\/alex\/Mail/),
      ])
    })
  })

  it('lets the mistakes of accounts that are not synced pass with a warning, and leaves these out', () => {
    const more = '[Account old]\nlocalrepository = disk\nremoterepository = gone\nmaxsize = x'
    const { config, problems } = read(rcWith({}, more))
    expect([...(config?.accounts.keys() ?? [])]).toEqual(['home'])
    expect(problems).toHaveLength(2)
    expect(problems.every((problem) => problem.includes(': warning: '))).toBe(true)
    expect(read(rcWith({}, more), { accounts: ['old'] }).config).toBeUndefined()
  })

  it('takes the accounts of the command line instead', () => {
    const { problems } = read(rcWith(), { accounts: ['hone'] })
    expect(problems).toEqual(['-a: error: there is no [Account hone] (Did you mean home?)'])
  })

  describe('overrides', () => {
    it.each([
      ['maxsyncaccounts=3', { general: { maxSyncAccounts: 3 } }],
      ['general:UI=quiet', { general: { ui: 'quiet' } }],
    ])('%s', (override, expected) => {
      expect(read(rcWith(), { overrides: [override] })).toMatchObject({ config: expected, problems: [] })
    })

    it('reach sections with blanks in their names, and count more than the file', () => {
      const overrides = ['Repository_server:ssl=no', 'Repository_server:remotepass=a=b', 'DEFAULT:quick=2']
      const { imap, config, problems } = read(rcWith({ server: 'ssl = yes' }), { overrides })
      expect(problems).toEqual([])
      expect(imap?.encryption).toBe('starttls')
      expect(imap?.login.password?.reveal()).toBe('a=b')
      expect(config?.accounts.get('home')?.quick).toBe(2)
    })

    it('reach a section whose name holds an underscore', () => {
      const text = rcWith().replaceAll('server', 'my_server')
      expect(read(text, { overrides: ['Repository_my_server:remoteport=1993'] }).imap?.port).toBe(1993)
    })

    it.each([
      [
        'Repository_servr:ssl=no',
        /^-k Repository_servr:ssl: error: there is no section .*Did you mean Repository_server/,
      ],
      ['Repository_server:remotepass', /^-k Repository_server:remotepass: error: this is no option=value/],
      ['Repository_server:ssl=maybe', /^-k Repository_server:ssl: error: ssl wants yes or no/],
      ['Repository_server:remotepass=hunter2%', /^-k Repository_server:remotepass: error: remotepass holds a single %/],
      ['sll=1', /^-k sll: warning: sll is no option/],
    ])('%s is named when it is wrong', (override, message) => {
      const { problems } = read(rcWith(), { overrides: [override] })
      expect(problems).toEqual([expect.stringMatching(message)])
      expect(problems.join()).not.toContain('hunter2')
    })
  })
})
