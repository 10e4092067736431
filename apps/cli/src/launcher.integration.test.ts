import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../bin', import.meta.url))

/** What an old Node looks like from inside. */
const pretence = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '12.22.0' } })
Object.defineProperty(process, 'version', { value: 'v12.22.0' })`

/** A checkout with the real launcher and a program of a few lines. */
function checkout(program?: string) {
  const root = temporaryDirectory()
  const app = join(root, 'apps', 'cli')
  mkdirSync(app, { recursive: true })
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }')
  cpSync(bin, join(app, 'bin'), { recursive: true })
  const pretend = join(root, 'pretend.cjs')
  writeFileSync(pretend, pretence)
  if (program !== undefined) {
    mkdirSync(join(app, 'dist'))
    writeFileSync(join(app, 'dist', 'main.js'), program)
  }
  const launcher = join(app, 'bin', 'mailtide.js')
  return { root, now: [launcher], old: ['--require', pretend, launcher] }
}

function run(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

function bringNode(root: string): void {
  const place = join(root, 'node_modules', 'node', 'bin')
  mkdirSync(place, { recursive: true })
  symlinkSync(realpathSync(process.execPath), join(place, 'node'))
}

describe('bin/mailtide.js', () => {
  it('runs the program', () => {
    const program = 'export function main() { console.log(process.argv.slice(2).join()); process.exitCode = 3 }'
    expect(run([...checkout(program).now, '-a', 'x y'])).toEqual({ status: 3, stdout: '-a,x y\n', stderr: '' })
  })

  it('says what to type where nothing is built', () => {
    const { status, stderr } = run(checkout().now)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^mailtide is not built yet\. .*npm run build\n$/)
  })

  it('says which Node it needs to one that is too old', () => {
    const { status, stderr } = run(checkout('throw new Error()').old)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^mailtide needs Node 24 or newer; this is v12\.22\.0\. .*\n$/)
  })

  it('hands over to the Node that is installed beside it, with arguments and exit code', () => {
    const program =
      'export function main() { console.log(process.versions.node, process.argv[2]); process.exitCode = 7 }'
    const { root, old } = checkout(program)
    bringNode(root)
    expect(run([...old, '--info'])).toEqual({ status: 7, stdout: `${process.versions.node} --info\n`, stderr: '' })
  })

  it('passes signals on, and ends as the program ended', async () => {
    const program = `export function main() {
      process.on('SIGUSR2', () => console.log('usr2'))
      process.on('SIGTERM', () => process.exit(5))
      setInterval(() => {}, 1000)
      console.log('ready')
    }`
    const { root, old } = checkout(program)
    bringNode(root)
    const child = spawn(process.execPath, old, { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = child.stdout.setEncoding('utf8')
    expect(await once(lines, 'data')).toEqual(['ready\n'])
    child.kill('SIGUSR2')
    expect(await once(lines, 'data')).toEqual(['usr2\n'])
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([5, null])
  })
})
