import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Flag, flags } from './flags.ts'
import { helpText } from './help-text.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const all: readonly Flag[] = Object.values(flags)

describe('the flags', () => {
  it.each(all.flatMap(({ names }) => names))('%s stands in the README', (name) => {
    expect(readme).toMatch(new RegExp(`\`${name}[\` ]`))
  })

  it.each(all.flatMap(({ names }) => names))('%s is shown by --help', (name) => {
    expect(helpText()).toMatch(new RegExp(`(  |, )${name}[ ,]`))
  })
})
