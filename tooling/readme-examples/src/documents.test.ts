import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { checkConfiguration } from './check-configuration.ts'
import { fencesOf } from './fences.ts'
import { openMailtide } from './open-mailtide.ts'
import { mailtideCommands } from './shell-commands.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const files = globSync(['README.md', 'apps/cli/README.md', 'docs/*.md'], { cwd: root }).sort()

const mailtide = openMailtide()
afterAll(() => mailtide.close())

describe.concurrent.each(files)('%s', (file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const fences = fencesOf(text)
  const inLanguage = (...names: string[]) => fences.filter(({ info }) => names.includes(info))

  it('links to files that there are', () => {
    const links = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target)
    expect(links.filter((target) => !isThere(target, file))).toEqual([])
  })

  for (const block of inLanguage('ini')) {
    it(`has a configuration at line ${block.line} in which config check finds nothing`, async () => {
      expect(await checkConfiguration(mailtide, block, fences)).toEqual({
        code: 0,
        said: expect.stringMatching(/^\S+: no errors, 0 warnings\n$/),
      })
    })
  }

  for (const { line, code, info } of inLanguage('sh', 'crontab')) {
    for (const words of mailtideCommands(code, info === 'crontab')) {
      it(`has a command at line ${line} that mailtide takes: mailtide ${words.join(' ')}`, async () => {
        // Mistakes come before help, and what asks for an explanation is given one.
        const asked = words.join(' ').startsWith('config explain') ? words : [...words, '--help']
        const { code: exitCode, said } = await mailtide.run(asked)
        expect({ exitCode, said }).toEqual({ exitCode: 0, said: expect.not.stringMatching(/no option|no such/) })
      })
    }
  }
})

/** Whether a link of a file leads anywhere: to a file, and to a heading in it if it names one. Addresses are not visited. */
function isThere(target: string, from: string): boolean {
  if (/^[a-z]+:/.test(target)) return true
  const [path = '', anchor] = target.split('#')
  const place = path === '' ? join(root, from) : join(root, dirname(from), path)
  if (!existsSync(place)) return false
  return anchor === undefined || anchorsOf(readFileSync(place, 'utf8')).includes(anchor)
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(markdown: string): string[] {
  const titles = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase())
  return titles.map((title) => title.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}
