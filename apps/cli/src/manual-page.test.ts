import { describe, expect, it } from 'vitest'
import { exitMeanings } from './exit-codes.ts'
import { commands, type Flag, flags } from './flags.ts'
import { manualPage } from './manual-page.ts'

const page = manualPage()
const shown = (text: string) => text.replaceAll('-', '\\-')
const all: readonly Flag[] = Object.values(flags)

describe('manualPage', () => {
  it.each(all.flatMap(({ names }) => names))('has an entry for %s', (name) => {
    expect(
      page.split('\n').some((line) => /^\.B ".*"$/.test(line) && `${line.slice(4, -1)} `.includes(shown(name))),
    ).toBe(true)
  })

  it.each(Object.values(commands))('has $usage in its synopsis and among the commands', ({ usage, meaning }) => {
    expect(page).toContain(`.B "mailtide ${shown(usage)}"\n`)
    expect(page).toContain(`.TP\n.B "${shown(usage)}"\n`)
    expect(meaning).toMatch(/\.$/)
  })

  it.each(Object.keys(exitMeanings))('says when it ends with %s', (code) => {
    expect(page).toContain(`.TP\n.B "${code}"\n`)
  })

  it('begins no line of text with what groff takes for a request', () => {
    const requests = page.match(/^[.'].*/gm) ?? []
    const names = new Set(requests.map((line) => line.split(' ')[0]))
    expect(names).toEqual(new Set(['.TH', '.nh', '.SH', '.B', '.br', '.PP', '.TP', '.BR']))
  })
})
