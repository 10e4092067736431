import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Keyboard } from '../login/prompt.ts'
import { createClock, createPaper, play } from '../testing/play.ts'
import { run } from '../testing/run-events.ts'
import { createTtyUi, type Screen } from './tty-ui.ts'

const { signal } = new AbortController()

function tty(screen: Partial<Screen> | undefined) {
  const paper = createPaper()
  const clock = createClock()
  const typed = new PassThrough()
  const ticks = new Set<() => void>()
  const input: Keyboard = Object.assign(typed, { isTTY: true, setRawMode: () => undefined })
  const whole = screen && { columns: () => 60, isColoured: false, ...screen }
  const ui = createTtyUi({
    writer: paper,
    now: clock.now,
    screen: whole,
    every(_, callback) {
      ticks.add(callback)
      return () => ticks.delete(callback)
    },
    terminal: { input, interrupt: () => undefined },
  })
  return {
    ui,
    clock,
    text: paper.text,
    type: (text: string) => typed.write(text),
    minute: () => [...ticks].map((tick) => tick()),
  }
}

describe('ttyui', () => {
  it('writes lines and nothing else where there is no terminal', async () => {
    const { ui, text } = tty(undefined)
    play(ui, run)
    ui.close()
    await expect(text()).toMatchFileSnapshot('../lines/golden/run.ttyui.txt')
  })

  it('says on the last line of a terminal what is under way', async () => {
    const { ui, clock, text } = tty({})
    play(ui, run, () => clock.pass(2000))
    ui.close()
    await expect(text()).toMatchFileSnapshot('golden/run.ttyui-terminal.txt')
  })

  it('leaves the same lines on a terminal as elsewhere', async () => {
    const { ui, clock, text } = tty({ isColoured: true })
    play(ui, run, () => clock.pass(2000))
    ui.close()
    const rows = text()
      .replace(/␛\[\d+m/g, '')
      .split('\n')
    const left = rows.map((row) => row.split('␍␛[K').at(-1)).join('\n')
    await expect(left).toMatchFileSnapshot('../lines/golden/run.ttyui.txt')
  })

  it('colours warnings and errors where colours are wanted', () => {
    const { ui, text } = tty({ isColoured: true })
    ui.show({
      lines: [
        { level: 'warning', text: 'w' },
        { level: 'error', text: 'e' },
        { level: 'info', text: 'i' },
      ],
    })
    expect(text()).toBe('␛[33mWARNING: w␛[39m\n␛[31mERROR: e␛[39m\ni\n')
  })

  it('never breaks the line, however narrow the terminal', () => {
    const { ui, clock, text } = tty({ columns: () => 12 })
    play(ui, run.slice(0, 6), () => clock.pass(2000))
    expect(text().split('␍␛[K').at(-1)).toBe('[0/3 folder')
  })

  it('says at each minute of sleep how many are left', () => {
    const { ui, text, minute } = tty(undefined)
    play(ui, [{ type: 'sleeping', account: 'home', seconds: 180 }])
    minute()
    minute()
    minute()
    play(ui, [{ type: 'awake', account: 'home' }])
    minute()
    expect(text()).toBe('Account sync home:\n Next refresh in 2 minutes\n Next refresh in 1 minute\n')
  })

  it('keeps lines back while somebody types a password', async () => {
    const { ui, text, type } = tty({})
    const answer = ui.prompt?.('Password: ', signal)
    await Promise.resolve()
    ui.show({ lines: [{ level: 'info', text: 'meanwhile' }] })
    expect(text()).toBe('Password: ')
    type('x\r')
    expect((await answer)?.reveal()).toBe('x')
    expect(text()).toBe('Password: \nmeanwhile\n')
  })
})
