import { describe, expect, it } from 'vitest'
import { parseOptions } from './options.ts'

describe('parseOptions', () => {
  it('syncs 2,000 messages three times with every tool unless told otherwise', () => {
    const tools = ['mailtide', 'mbsync', 'offlineimap']
    expect(parseOptions([])).toEqual({ messages: 2000, repeats: 3, tools, json: undefined })
  })

  it('reads every option, and passes over the `--` of a package manager', () => {
    const args = ['--', '--messages', '10', '--repeats', '1', '--tools', 'mbsync', '--json', 'runs.json']
    expect(parseOptions(args)).toEqual({ messages: 10, repeats: 1, tools: ['mbsync'], json: 'runs.json' })
  })

  it.each([
    ['--messages', '0'],
    ['--repeats', 'many'],
    ['--tools', 'fetchmail'],
    ['--size', '3'],
  ])('refuses %s %s', (...args) => {
    expect(() => parseOptions(args)).toThrow(args[0])
  })
})
