import { describe, expect, it } from 'vitest'
import { chooseUi, uiNames } from './choose-ui.ts'

describe('chooseUi', () => {
  it.each([
    ['ttyui', 'ttyui', 0],
    ['Basic', 'basic', 0],
    ['QUIET', 'quiet', 0],
    ['json', 'json', 0],
    ['Curses.Blinkenlights', 'blinkenlights', 1],
    ['TTY.TTYUI', 'ttyui', 1],
    ['Noninteractive.Quiet', 'quiet', 1],
    ['Noninteractive.Basic', 'basic', 1],
    ['machine.machineui', 'machineui', 1],
    ['Gone.Tk, TTY.TTYUI,\nNoninteractive.Basic', 'ttyui', 1],
  ])('%j is %s', (asked, ui, warnings) => {
    const chosen = chooseUi(asked)
    expect(chosen.ui).toBe(ui)
    expect(chosen.warnings).toHaveLength(warnings)
  })

  it.each(['lights', 'Gone.Tk', ''])('refuses %j and names those that there are', (asked) => {
    expect(() => chooseUi(asked)).toThrow(
      expect.objectContaining({
        message: `there is no user interface '${asked}'`,
        hint: `There are ${uiNames.join(', ')}.`,
      }),
    )
  })

  it('passes over one that cannot be used here, and says so', () => {
    const obstacle = (ui: string) => (ui === 'blinkenlights' ? 'needs a terminal' : undefined)
    expect(chooseUi('blinkenlights', obstacle)).toEqual({
      ui: 'ttyui',
      warnings: [{ level: 'warning', text: 'blinkenlights needs a terminal; ttyui is used' }],
    })
    expect(chooseUi('Curses.Blinkenlights, Noninteractive.Basic', obstacle).ui).toBe('basic')
  })
})
