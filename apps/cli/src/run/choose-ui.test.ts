import { describe, expect, it } from 'vitest'
import { chooseUi, chooseUiOfRc } from './choose-ui.ts'

describe('chooseUi', () => {
  it.each([
    ['ttyui', 'ttyui', 0],
    ['Basic', 'basic', 0],
    ['QUIET', 'quiet', 0],
    ['TTY.TTYUI', 'ttyui', 1],
    ['Noninteractive.Quiet', 'quiet', 1],
    ['Curses.Blinkenlights, TTY.TTYUI,\nNoninteractive.Basic', 'ttyui', 1],
  ])('%j is %s', (asked, ui, warnings) => {
    const chosen = chooseUi(asked)
    expect(chosen.ui).toBe(ui)
    expect(chosen.warnings).toHaveLength(warnings)
  })

  it.each(['blinkenlights', 'machineui', 'syslog', 'Machine.MachineUI', ''])('refuses %j', (asked) => {
    expect(() => chooseUi(asked)).toThrow(`there is no user interface '${asked}' in this version`)
  })
})

describe('chooseUiOfRc', () => {
  it('falls back where the file asks for one that there is not', () => {
    expect(chooseUiOfRc('Curses.Blinkenlights')).toMatchObject({ ui: 'ttyui', warnings: [{ level: 'warning' }] })
    expect(chooseUiOfRc('basic')).toEqual({ ui: 'basic', warnings: [] })
  })
})
