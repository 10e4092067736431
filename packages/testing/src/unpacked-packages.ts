import { lstat, mkdir, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '@mailtide/run-program'
import { programNamed } from './debian-package.ts'

/** Debian packages that lie unpacked in a folder of their own: nothing of them is installed. */
export interface UnpackedPackages {
  /** Stands in for `/`. */
  readonly root: string
  /** For the environment of programs in there: where they find the libraries that the machine lacks. */
  readonly libraryPath: string
}

/**
 * Unpacks Debian packages that cannot be installed beside others, with the libraries they need and the machine lacks.
 * That is done once a machine and user, below the system's temporary directory; workers that ask at the same time wait
 * for each other. Answers the reason where it can't be.
 */
export async function unpackPackages(packages: readonly string[]): Promise<UnpackedPackages | string> {
  const missing = ['apt-get', 'dpkg-deb', 'flock'].find((name) => !programNamed(name))
  if (missing) return `${packages.join(', ')} could not be unpacked: there is no ${missing}`
  const cache = join(tmpdir(), `mailtide-packages-${process.getuid?.()}`)
  const name = packages.join('+')
  try {
    await mkdir(cache, { recursive: true, mode: 0o755 })
    const { uid, mode } = await lstat(cache)
    // Programs are run from in there: in a directory that all may write to, anyone may have made it.
    if (uid !== process.getuid?.() || (mode & 0o170022) !== 0o040000) return `${cache} is not ours alone`
    await runProgram({
      command: 'flock',
      args: [cache, 'sh', '-ec', unpackScript, 'sh', name, ...packages],
      cwd: cache,
      env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      timeout: 300_000,
    })
    const root = join(cache, name)
    return { root, libraryPath: (await libraryDirectories(root)).join(':') }
  } catch (error) {
    return `${packages.join(', ')} could not be unpacked: ${reasonOf(error)}`
  }
}

/** What apt-get calls an error, first of all, among its warnings. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return /\bE: ([^|]+)/.exec(text)?.[1]?.trim() ?? text
}

// What apt-get would install anew is what the machine lacks; upgrades of what it has are of no use here. Lists that are
// missing, or so old that their packages are gone, are brought up to date where that is allowed.
const unpackScript = `
name=$1
shift
[ ! -d "$name" ] || exit 0
new=$(mktemp -d "$PWD/new.XXXXXX")
trap 'rm -rf "$new"' EXIT
chmod 755 "$new"
mkdir "$new/packages" "$new/root"
cd "$new/packages"
download() {
  plan=$(apt-get -qq --simulate install --no-install-recommends "$@") || return
  libraries=$(printf '%s\\n' "$plan" | sed -n 's/^Inst \\(lib[^ ]*\\) (.*/\\1/p')
  apt-get -qq -o APT::Sandbox::User=root download "$@" $libraries
}
if ! download "$@"; then
  [ "$(id -u)" = 0 ]
  flock /var/lib/apt/lists apt-get -qq update
  download "$@"
fi
for package in *.deb; do dpkg-deb -x "$package" "$new/root"; done
mv -T "$new/root" "$new/../$name"
`

async function libraryDirectories(root: string): Promise<string[]> {
  const found = new Set<string>()
  for (const top of ['lib', 'usr/lib']) {
    const entries = await readdir(join(root, top), { recursive: true, withFileTypes: true }).catch(() => [])
    for (const { name, parentPath } of entries) if (/\.so(\.|$)/.test(name)) found.add(parentPath)
  }
  return [...found].sort()
}
