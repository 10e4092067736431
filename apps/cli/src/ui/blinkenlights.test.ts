import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Keyboard } from '../login/prompt.ts'
import { createClock, createPaper, play } from '../testing/play.ts'
import { run } from '../testing/run-events.ts'
import { createBlinkenlights } from './blinkenlights.ts'
import type { Happening } from './happening.ts'

const account = 'home'
const { signal } = new AbortController()
const begun: Happening = { type: 'run-started', accounts: [account, 'work'], trace: [] }

function lights() {
  const screen = createPaper()
  const plain = createPaper()
  const clock = createClock()
  const typed = new PassThrough()
  const modes: boolean[] = []
  const input: Keyboard = Object.assign(typed, { isTTY: true, setRawMode: (isRaw: boolean) => modes.push(isRaw) })
  const size = { rows: 10, columns: 50 }
  const listeners: Record<'exit' | 'resize', Set<() => void>> = { exit: new Set(), resize: new Set() }
  const on = (event: 'exit' | 'resize') => (callback: () => void) => {
    listeners[event].add(callback)
    return () => void listeners[event].delete(callback)
  }
  const ticks = new Set<() => void>()
  let quits = 0
  const ui = createBlinkenlights({
    screen: { input, output: screen, size: () => size, onResize: on('resize'), onExit: on('exit') },
    plain,
    now: clock.now,
    every(_, callback) {
      ticks.add(callback)
      return () => ticks.delete(callback)
    },
    isColoured: false,
    quit: () => quits++,
  })
  return {
    ui,
    size,
    modes,
    type: (text: string) => typed.write(text),
    plain: plain.text,
    screen: screen.text,
    quits: () => quits,
    send(event: 'exit' | 'resize') {
      for (const callback of [...listeners[event]]) callback()
    },
    tick() {
      for (const callback of [...ticks]) callback()
    },
    isLetGo: () => ticks.size + listeners.exit.size + listeners.resize.size === 0,
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('blinkenlights', () => {
  it('takes the screen when the run begins, and shows on it what happens', async () => {
    const { ui, tick, screen, plain } = lights()
    ui.show({ lines: [{ level: 'warning', text: 'of the rc file' }] })
    expect(screen()).toBe('')
    expect(plain()).toBe('WARNING: of the rc file\n')
    play(ui, [begun, ...run])
    tick()
    const left = screen().replace(/ mailtide [^␛]*␛/, ' mailtide VERSION␛')
    await expect(left).toMatchFileSnapshot('golden/run.blinkenlights.txt')
  })

  it.each(['close', 'exit'] as const)('gives the terminal back on %s, and repeats what went wrong', (way) => {
    const { ui, send, screen, plain, modes, isLetGo } = lights()
    play(ui, [begun, ...run])
    if (way === 'close') ui.close()
    else send('exit')
    ui.close()
    expect(screen().split('␛[?1049l')).toHaveLength(2)
    expect(screen().endsWith('␛[?25h␛[?1049l')).toBe(true)
    expect(modes).toEqual([true, false])
    expect(plain()).toContain(' ERROR: the server refused it')
    expect(isLetGo()).toBe(true)
  })

  it('writes on the terminal that stays once the screen was given back', () => {
    const { ui, plain } = lights()
    play(ui, [begun])
    ui.close()
    ui.show({ lines: [{ level: 'error', text: 'late' }] })
    expect(plain()).toBe('ERROR: late\n')
  })

  it('draws anew when the size changes', () => {
    const { ui, send, size, screen } = lights()
    play(ui, [begun])
    size.rows = 5
    const before = screen().length
    send('resize')
    expect(screen().slice(before)).toMatch(/^␛\[2J␛\[1;1H.*␛\[5;1H/s)
    expect(screen().slice(before)).not.toContain('␛[6;1H')
  })

  it('wakes the account of a digit, now or when it next goes to sleep, and quits on q and Ctrl-C', async () => {
    const { ui, type, quits } = lights()
    const woken: string[] = []
    play(ui, [begun])
    const forget = ui.onWake?.(account, () => woken.push('home'))
    type('129x\x1b[A')
    await settled()
    expect(woken).toEqual(['home'])
    ui.onWake?.('work', () => woken.push('work'))
    forget?.()
    type('1q\x03')
    await settled()
    expect(woken).toEqual(['home', 'work'])
    expect(quits()).toBe(2)
  })

  it('asks for a password in the log without showing it, and keys mean nothing meanwhile', async () => {
    const { ui, type, screen, quits } = lights()
    play(ui, [begun])
    const answer = ui.prompt?.('Password: ', signal)
    await settled()
    expect(screen()).toMatch(/Password: ␛\[2;11H␛\[\?25h$/)
    type('quux1\r')
    expect((await answer)?.reveal()).toBe('quux1')
    await settled()
    expect(quits()).toBe(0)
    expect(screen()).not.toContain('quux')
    expect(screen().endsWith('␛[?25l')).toBe(true)
  })
})
