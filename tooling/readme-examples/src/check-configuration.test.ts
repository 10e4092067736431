import { afterAll, describe, expect, it } from 'vitest'
import { checkConfiguration } from './check-configuration.ts'
import { fencesOf } from './fences.ts'
import { openMailtide } from './open-mailtide.ts'

const mailtide = openMailtide()
afterAll(() => mailtide.close())

const inFences = (...blocks: string[]) => {
  return fencesOf(blocks.map((block) => `\`\`\`${block}\n\`\`\`\n`).join('\n'))
}

async function check(...blocks: string[]) {
  const fences = inFences(...blocks)
  const last = fences.at(-1)
  if (!last) throw new Error('there are blocks')
  return checkConfiguration(mailtide, last, fences)
}

describe.concurrent('checkConfiguration', () => {
  it('finds nothing wrong in a part that is right', async () => {
    const { code, said } = await check('ini\n[Repository server]\nfolderfilter = exclude: Trash')
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('no errors, 0 warnings') })
  })

  it.each([
    ['a rule in plain words', 'folderfilter = excludes: Trash', /excludes/],
    ['a rule in Python', 'nametrans = lambda name: name.lower(', /SyntaxError/],
    ['an option', 'remotprot = 993', /remotprot/],
  ])('tells what is wrong with %s', async (_, line, told) => {
    expect((await check(`ini\n[Repository server]\n${line}`)).said).toMatch(told)
  })

  it('reads the Python that stands before it', async () => {
    const rc = 'ini\n[Repository server]\nremotepasseval = get_pass()'
    expect((await check('py\ndef get_pass():\n    return "a"', rc)).code).toBe(0)
    expect(await check('py\ndef get_pass(:', rc)).toMatchObject({ code: 1 })
  })
})
