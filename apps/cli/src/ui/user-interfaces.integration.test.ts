import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { uiNames } from '../run/choose-ui.ts'
import { createHome, createScene, type Home, message } from '../testing/mailtide-home.ts'

const askPassword = '-kRepository_home-server:remotepass='
const hasProgram = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0

/** A scene whose rc file holds no password. */
async function sceneWithoutPassword(messages: number) {
  const scene = await createScene(messages)
  const rc = readFileSync(scene.home.path('.offlineimaprc'), 'utf8')
  scene.home.write(rc.replace('remotepass = demo\n', ''))
  return scene
}

describe('machineui', () => {
  it('asks for the password by the protocol, and tells the run by it', async () => {
    const { home } = await sceneWithoutPassword(2)
    const { child, output } = home.start(['-u', 'Machine.MachineUI', '--ignore-keyring'])
    child.stdin?.end('demo\n')
    expect(await once(child, 'close')).toEqual([0, null])
    const [banner, ...lines] = output.out.trimEnd().split('\n')
    expect(banner).toMatch(/^mailtide /)
    for (const line of lines) expect(line).toMatch(/^(msg|warn|error|debug):[a-zA-Z_]*:[\w.%+~-]+:[\w.%+~-]*$/)
    expect(lines[0]).toBe('msg:protocol:MainThread:7.2.0')
    expect(lines).toContain('msg:getpass:Account+sync+home:demo')
    expect(lines).toContain('msg:copyingmessage:Folder+INBOX+%5Bacc%3A+home%5D:2%0AIMAP%0AINBOX%0AMaildir%5BINBOX%5D')
    expect(lines.at(-1)).toBe('msg:terminate:MainThread:0%0A%0A')
    expect(output.err).toBe('')
  })

  it('ends by the protocol when the configuration is wrong', async () => {
    const home = createHome()
    const { code, out } = await home.run('-u', 'machineui')
    expect(code).toBe(1)
    expect(out).toMatch(
      /\nerror::MainThread:ERROR%3A\+there\+is\+no\+configuration[\s\S]*\nmsg:terminate:MainThread:1%0A%0A\n$/,
    )
  })
})

describe('json', () => {
  it('is one object a line, from the beginning of the run to its exit code', async () => {
    const { home } = await createScene(3)
    const { code, out, err } = await home.run('-u', 'json', '-k', 'Repository_home-server:remotepass=demo')
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events[0]).toMatchObject({ version: 1, type: 'run-started', accounts: ['home'] })
    expect(events.find(({ type }) => type === 'messages-copied')).toMatchObject({ to: 'local', messages: 3 })
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: code })
    expect([code, err]).toEqual([0, ''])
  })

  it('tells an error as data', async () => {
    const { home } = await createScene(1)
    const { code, out } = await home.run('-u', 'json', `${askPassword}hunter2`)
    const failed = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find(({ type }) => type === 'failed')
    expect(failed.error).toMatchObject({ code: 'imap/login-refused', scope: 'account', retryable: false })
    expect(out).toContain(`"exitCode":${code}}`)
    expect(out).not.toContain('hunter2')
  })
})

/** A syslog of its own at a socket in the home directory, reached by a `logger` on PATH. */
async function startSyslog(home: Home) {
  const listen = `import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); print('ready', flush=True)
while True: print(s.recv(16384).decode(), flush=True)`
  const child = spawn('python3', ['-c', listen, home.path('log-socket')])
  onTestFinished(() => void child.kill())
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  await once(child.stdout, 'data')
  mkdirSync(home.path('bin'))
  writeFileSync(home.path('bin/logger'), `#!/bin/sh\nexec /usr/bin/logger -u "${home.path('log-socket')}" "$@"\n`)
  chmodSync(home.path('bin/logger'), 0o755)
  return { PATH: `${home.path('bin')}:${process.env['PATH']}`, text: () => text }
}

describe('syslog', () => {
  const lacking = ['python3', '/usr/bin/logger'].filter((name) => !hasProgram(name))

  it.for([
    { args: ['-u', 'syslog'], shown: '' },
    { args: ['-s', '-u', 'basic'], shown: 'home: INBOX +1 here' },
  ])('$args sends everything to the local syslog', async ({ args, shown }, ctx) => {
    if (lacking.length > 0) return ctx.skip(`not installed: ${lacking.join(', ')}`)
    const { home } = await createScene(1)
    const syslog = await startSyslog(home)
    const { child, output } = home.start(args, { PATH: syslog.PATH })
    expect(await once(child, 'close')).toEqual([0, null])
    expect(output.out).toContain(shown)
    expect(output.err).toBe('')
    await expect.poll(syslog.text).toContain('Finished account')
    // Facility user (1), severity info (6).
    expect(syslog.text()).toMatch(
      new RegExp(`^<14>.* mailtide\\[${child.pid}\\]: \\*\\*\\* Processing account home$`, 'm'),
    )
  })

  it('shows warnings and errors here where there is no logger, and syncs all the same', async () => {
    const { home } = await createScene(1)
    const { child, output } = home.start(['-u', 'syslog', '-f', 'INBOX,Gone'], { PATH: home.path('empty') })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output.err).toMatch(
      /^WARNING: syslog can't be reached: the program logger .*\nERROR: there is no folder 'Gone'/,
    )
    expect(home.files('mail-home').some((file) => file.includes('/new/'))).toBe(true)
  })
})

describe('the log of -l', () => {
  it.for([
    { ui: 'ttyui', shows: ['', 'Account sync home:\n'] },
    { ui: 'basic', shows: ['*** Processing account home\n', ''] },
    { ui: 'quiet', shows: ['', ': warning: nosuchoption is no option'] },
    { ui: 'machineui', shows: ['msg:terminate:', ''] },
    { ui: 'json', shows: ['{"version":1,', ''] },
  ])('goes with $ui and takes nothing from it', async ({ ui, shows: [onOut = '', onErr = ''] }) => {
    const { home } = await createScene(1, { local: 'nosuchoption = 1' })
    const { code, out, err } = await home.run('-u', ui, '-l', 'log')
    expect(code).toBe(0)
    expect(out).toContain(onOut)
    expect(err).toContain(onErr)
    expect([out === '', err === '']).toEqual([onOut === '', onErr === ''])
    const lines = readFileSync(home.path('log'), 'utf8').trimEnd().split('\n')
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (INFO|WARNING|ERROR): /)
    expect(lines[0]).toMatch(/ INFO: mailtide .*, started with \["-u",/)
    expect(lines.at(-1)).toContain("*** Finished account 'home'")
  })
})

describe('-d', () => {
  it.each([
    ['maildir', '[maildir]: store 1 in INBOX: 1 safe (', '[thread]'],
    ['thread', '[thread]: {"type":"messages-copied",', '[maildir]'],
  ])('%s traces its own and nothing else, and no secret', async (topic, own, other) => {
    const { home } = await createScene(1)
    const { code, err } = await home.run('-d', topic, `${askPassword}demo`)
    expect(code).toBe(0)
    expect(err).toContain(own)
    expect(err).not.toContain(other)
    expect(err).not.toContain('remotepass')
  })
})

describe('-u', () => {
  it('names the user interfaces that there are', async () => {
    const { home } = await createScene(1)
    for (const args of [
      ['-u', 'lights'],
      ['-k', 'ui=lights'],
    ]) {
      const { code, err } = await home.run(...args)
      expect(code).toBe(1)
      expect(err).toBe(`ERROR: there is no user interface 'lights'\n  There are ${uiNames.join(', ')}.\n`)
    }
  })

  it('falls back to ttyui where blinkenlights has no terminal', async () => {
    const { home } = await createScene(1)
    const { code, out, err } = await home.run('-u', 'blinkenlights')
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(/^WARNING: blinkenlights needs a terminal; ttyui is used\nAccount sync home:\n/)
  })
})

describe('on a terminal', () => {
  /** What the program writes on a terminal of this type; the terminal is that of `script`. */
  async function onTerminal(home: Home, environment: Readonly<Record<string, string>>): Promise<string> {
    const env = { PATH: process.env['PATH'], HOME: home.path(), ...environment }
    const child = spawn('script', ['-qec', home.commandLine(), '/dev/null'], { cwd: home.path(), env })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more
    })
    await once(child, 'close')
    return text
  }

  it('ttyui has a line of progress and colours, unless they are not wanted', async (ctx) => {
    if (!hasProgram('script')) return ctx.skip('the program script (bsdutils) is not installed')
    const { home, inbox } = await createScene(150)
    const shown = await onTerminal(home, { TERM: 'xterm' })
    expect(shown).toContain('\r\x1b[KINBOX: comparing')
    expect(shown).toContain("*** Finished account 'home'")
    inbox.append(message(151))
    expect(await onTerminal(home, { TERM: 'dumb' })).not.toContain('\x1b')
    inbox.append(message(152))
    expect(await onTerminal(home, { TERM: 'xterm', NO_COLOR: '1' })).not.toMatch(/\x1b\[\d+m/)
  })
})

describe('blinkenlights', () => {
  it.for(['q', 'SIGTERM', 'SIGINT'] as const)('asks, wakes, and gives the terminal back on %s', async (end, ctx) => {
    if (!hasProgram('tmux')) return ctx.skip('tmux is not installed')
    const { home, inbox } = await sceneWithoutPassword(2)
    const rc = readFileSync(home.path('.offlineimaprc'), 'utf8')
    home.write(rc.replace('[Account home]', '[Account home]\nautorefresh = 5'))
    const line = home.commandLine('-u', 'blinkenlights', '--ignore-keyring')
    const socket = home.path('tmux')
    const tmux = (...args: string[]) =>
      spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout
    onTestFinished(() => void tmux('kill-server'))
    const screen = () => tmux('capture-pane', '-p')
    const press = (...keys: string[]) => tmux('send-keys', ...keys)
    tmux('new-session', '-d', '-x', '100', '-y', '30', 'bash --norc')
    press(`set -m; PS1='$ '; clear; cd ${home.path()}; HOME=${home.path()} ${line}; echo ended $?`, 'Enter')
    await expect.poll(screen, { timeout: 10_000 }).toContain("Enter the password of user 'demo' on 127.0.0.1")
    press('demo', 'Enter')
    await expect
      .poll(screen, { timeout: 10_000 })
      .toMatch(/\n1: \[ {2}[45]:\d\d\] {9}home: @\n0: \[active\] {5}\*Control: @/)
    expect(screen()).toContain('home: INBOX +2 here')
    inbox.append(message(3))
    press('1')
    await expect.poll(screen, { timeout: 10_000 }).toContain('home: INBOX +1 here')
    if (end === 'q') press(end)
    else {
      const pid = tmux('display-message', '-p', '#{pane_pid}').trim()
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
      process.kill(Number(children.at(-1)), end)
    }
    await expect.poll(screen, { timeout: 10_000 }).toContain('ended 0')
    expect(screen()).not.toContain('*Control')
    press('stty', 'Enter')
    await expect.poll(screen).toContain('speed')
    expect(screen()).not.toContain('-echo')
  })
})
