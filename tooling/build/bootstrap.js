// Installs the dependencies, the pinned Node among them, unless node_modules stands for the lock file already.
// Runs on whatever Node the machine has, before anything is installed: plain JavaScript.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
const manifests = ['.', ...workspaceFolders()].map((folder) => join(root, folder, 'package.json')).filter(existsSync)
const stamp = join(root, 'node_modules', '.bootstrapped')

if (!isInstalled()) {
  install()
  writeFileSync(stamp, fingerprint())
}

/** The folders that `packages:` of pnpm-workspace.yaml names; each line is a path or a path and `/*`. */
function workspaceFolders() {
  const patterns = [...workspace.matchAll(/^ {2}- ([\w/*-]+)$/gm)].map((match) => match[1] ?? '')
  return patterns.flatMap((pattern) => {
    const parent = pattern.replace(/\/\*$/, '')
    if (parent === pattern) return [pattern]
    return existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => join(parent, name)) : []
  })
}

/** Changes with anything that an install depends on. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\0${workspace}`)
  for (const file of [join(root, 'pnpm-lock.yaml'), ...manifests]) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function isInstalled() {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint()) return false
  return manifests.every((file) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'))
    const names = Object.keys({ ...dependencies, ...devDependencies })
    return names.every((name) => existsSync(join(dirname(file), 'node_modules', name)))
  })
}

function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const options = ['--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
  const { status, error } = spawnSync('npx', ['--yes', packageManager, 'install', ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: 'true', HOME: home() },
  })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** npm and pnpm keep their caches under HOME; where there is none, under node_modules. */
function home() {
  if (process.env.HOME) return process.env.HOME
  const replacement = join(root, 'node_modules', '.home')
  mkdirSync(replacement, { recursive: true })
  return replacement
}
