import { describe, expect, it } from 'vitest'
import { createPaper, play } from '../testing/play.ts'
import { dryRun, run } from '../testing/run-events.ts'
import type { Happening } from './happening.ts'
import { createMachinePrompt } from './machine-prompt.ts'
import { createMachineUi } from './machine-ui.ts'

const { signal } = new AbortController()

/** A machineui whose standard input holds these lines. Versions are left out: they are not always the same. */
function machine(...input: string[]) {
  const paper = createPaper()
  const ticks = new Set<() => void>()
  const ui = createMachineUi({
    writer: paper,
    readLine: async () => input.shift(),
    every(_, callback) {
      ticks.add(callback)
      return () => ticks.delete(callback)
    },
    ask: createMachinePrompt,
  })
  const tick = () => {
    for (const callback of ticks) callback()
  }
  const text = () =>
    paper
      .text()
      .replace(/Node\+v[\d.]+/, 'Node+VERSION')
      .replace(/mailtide([ +])\d[^\s:]*/g, 'mailtide$1VERSION')
  return { ui, tick, text, lines: () => text().trimEnd().split('\n').slice(4) }
}

const account = 'home'
const begun: Happening = { type: 'run-started', accounts: [account], trace: [] }
const over: Happening[] = [
  { type: 'account-left', account },
  { type: 'run-finished', exitCode: 1 },
]

describe('machineui', () => {
  it('speaks the protocol 7.2.0 of a run', async () => {
    const { ui, text } = machine()
    play(ui, [begun, ...run, ...over])
    await expect(text()).toMatchFileSnapshot('golden/run.machineui.txt')
  })

  it('says in words what a dry run would do', async () => {
    const { ui, text } = machine()
    play(ui, [begun, ...dryRun, ...over])
    await expect(text()).toMatchFileSnapshot('golden/dry-run.machineui.txt')
  })

  it('tells every ten seconds how long an account still sleeps', () => {
    const { ui, tick, lines } = machine()
    play(ui, [begun, { type: 'sleeping', account, seconds: 25 }])
    tick()
    tick()
    tick()
    play(ui, [{ type: 'awake', account }])
    tick()
    expect(lines()).toEqual(
      ['10%0A25', '10%0A15', '10%0A5', '0%0A0'].map((at) => `msg:sleeping:Account+sync+home:${at}`),
    )
  })

  it('asks for a password by the protocol, and says when it was refused', async () => {
    const { ui, lines } = machine('first', 'second')
    const ask = (refused: boolean) => ui.prompt?.('?', signal, { account, user: 'alex', refused })
    expect((await ask(false))?.reveal()).toBe('first')
    expect((await ask(true))?.reveal()).toBe('second')
    expect(await ask(true)).toBeUndefined()
    expect(lines().slice(0, 3)).toEqual([
      'msg:getpass:Account+sync+home:alex',
      'warn:getpasserror:Account+sync+home:alex%0Athe+server+refused+it',
      'msg:getpass:Account+sync+home:alex',
    ])
  })

  it('names what is traced, and tells hooks apart', () => {
    const { ui, lines } = machine()
    play(ui, [{ type: 'run-started', accounts: [account], trace: ['imap', 'thread'] }])
    ui.show({ lines: [{ level: 'info', text: 'Calling hook: a "b"', speaker: 'Account sync home', isOfHook: true }] })
    ui.show({ lines: [{ level: 'debug', text: "[imap]: C: 1 (it's)*\ud800" }] })
    expect(lines()).toEqual([
      'debug:debugging:MainThread:imap',
      'debug:debugging:MainThread:thread',
      'msg:callhook:Account+sync+home:Calling+hook%3A+a+%22b%22',
      'debug::MainThread:%5Bimap%5D%3A+C%3A+1+%28it%27s%29%2A%EF%BF%BD',
    ])
  })
})
