import { spawn } from 'node:child_process'
import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestServer } from '@mailtide/test-server'
import { runDemo } from './demo.ts'

const entry = fileURLToPath(new URL('../../../apps/cli/bin/mailtide.js', import.meta.url))
const user = { name: 'demo', password: 'demo' }

const directory = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-demo-'))
const server = await startTestServer({ users: [user], tls: 'implicit' })
try {
  const access = {
    host: 'localhost',
    port: server.port,
    user: user.name,
    pass: user.password,
    ca: server.certificateAuthority,
  }
  await runDemo({ access, directory, sync, say: (line) => process.stdout.write(`${line}\n`) })
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\nEverything is in ${directory}\n`)
  process.exitCode = 1
} finally {
  await server.close()
}

/** `mailtide -c RC -o`, as a user would start it, its output shown; HOME is the demo's own directory. */
function sync(rc: string): Promise<void> {
  const child = spawn(process.execPath, [entry, '-c', rc, '-o'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, HOME: directory },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`mailtide ended with ${signal ?? code}`))
    })
  })
}
