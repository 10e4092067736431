import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runExample } from './run-example.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const options = { folder, place: { file: 'README.md', line: 10 }, timeLimit: 20_000 }

describe('runExample', () => {
  it('runs TypeScript as a module and answers what it printed', async () => {
    const code = "import { basename } from 'node:path'\nconst n: number = await 3\nconsole.log(basename('a/b'), n)"
    expect(await runExample(code, options)).toBe('b 3\n')
  })

  it('imports what the package names among its dependencies', async () => {
    await expect(runExample("import 'imapflow'", options)).rejects.toThrow('ERR_MODULE_NOT_FOUND')
    expect(await runExample("console.log(typeof import.meta.resolve('vitest'))", options)).toBe('string\n')
  })

  it('gives the line of the README where the code throws', async () => {
    const failure = await runExample("\nthrow new Error('broken')", options).catch(String)
    expect(failure).toMatch(/README\.md:10 ended with 1[\s\S]*broken[\s\S]*README\.md:11/)
  })

  it('ends one that hangs', async () => {
    const hanging = runExample("console.log('a'); setInterval(() => {}, 1000)", { ...options, timeLimit: 1000 })
    await expect(hanging).rejects.toThrow(/README\.md:10 did not end within 1 s/)
  })

  it('leaves nothing where the example may write', async () => {
    const home = (await runExample("console.log(process.env['HOME'])", options)).trim()
    expect(home).toContain('mailtide-example-')
    expect(existsSync(home)).toBe(false)
  })
})
