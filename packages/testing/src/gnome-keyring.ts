import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { MailtideError } from '@mailtide/contracts'
import { runProgram } from '@mailtide/run-program'
import { temporaryDirectory } from './temporary-directory.ts'

/** A D-Bus session with an empty, unlocked GNOME keyring in it. */
export interface GnomeKeyring {
  /** What programs that are to see this session need in their environment. */
  readonly env: Readonly<Record<string, string>>
  store(label: string, attributes: Readonly<Record<string, string>>, secret: string): Promise<void>
  /** Removes all items with these attributes. */
  clear(attributes: Readonly<Record<string, string>>): Promise<void>
  lock(): Promise<void>
  /** Ends the session with all that runs in it. */
  close(): Promise<void>
}

const timeout = 60_000
const session = `
printf unlock | gnome-keyring-daemon --unlock --components=secrets >/dev/null
printf '%s\\n' "$DBUS_SESSION_BUS_ADDRESS"
cat`

/**
 * Starts a session of its own, which ends with `close` or with this process. Ask {@link gnomeKeyringPrograms} first.
 */
export async function startGnomeKeyring(): Promise<GnomeKeyring> {
  const home = temporaryDirectory()
  const own = { HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home }
  const child = spawn('dbus-run-session', ['--', 'sh', '-ec', session], {
    env: { ...process.env, ...own },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  const [address] = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  if (typeof address !== 'string') {
    throw new MailtideError('testing/gnome-keyring-did-not-start', 'the session with the keyring did not start', {
      scope: 'run',
      hint: 'Ask programsAvailability(gnomeKeyringPrograms) first, and skip with its reason.',
    })
  }

  const env = { ...own, DBUS_SESSION_BUS_ADDRESS: address }
  const run = (command: string, args: readonly string[], input = '') =>
    // Labels and attributes are text of any language, wherever the tests run.
    runProgram({ command, args, input, env: { ...env, LC_ALL: 'C.UTF-8' }, timeout })
  return {
    env,
    async store(label, attributes, secret) {
      await run('secret-tool', ['store', `--label=${label}`, '--', ...Object.entries(attributes).flat()], secret)
    },
    async clear(attributes) {
      // It ends with 1 if there was nothing to remove.
      const args = ['clear', '--', ...Object.entries(attributes).flat()]
      await runProgram({ command: 'secret-tool', args, env, timeout, accepts: (exitCode) => exitCode <= 1 })
    },
    async lock() {
      const service = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets']
      const keyring = 'array:objpath:/org/freedesktop/secrets/collection/login'
      await run('dbus-send', [...service, 'org.freedesktop.Secret.Service.Lock', keyring])
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

/** The programs that {@link startGnomeKeyring} needs, each with the Debian package that has it. */
export const gnomeKeyringPrograms: Readonly<Record<string, string>> = {
  'dbus-run-session': 'dbus-daemon',
  'dbus-send': 'dbus-bin',
  'gnome-keyring-daemon': 'gnome-keyring',
  'secret-tool': 'libsecret-tools',
}
