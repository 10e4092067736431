import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { listenToSignals } from './signals.ts'

function listen() {
  const source = new EventEmitter()
  const exits: unknown[] = []
  const signals = listenToSignals(source, ((code: unknown) => exits.push(code)) as unknown as typeof process.exit)
  return { source, exits, signals, send: (signal: string) => source.emit(signal, signal) }
}

describe('listenToSignals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s stops the work and the rounds', (signal) => {
    const { signals, send } = listen()
    send(signal)
    expect(signals.stop.aborted).toBe(true)
    expect(signals.ending.aborted).toBe(true)
    expect(signals.stop.reason).toMatchObject({ name: 'AbortError', message: `stopped by ${signal}` })
  })

  it('the third of them ends the process with 1', () => {
    const { exits, send } = listen()
    send('SIGINT')
    send('SIGTERM')
    expect(exits).toEqual([])
    send('SIGINT')
    expect(exits).toEqual([1])
  })

  it.each(['SIGUSR2', 'SIGABRT'])('%s only ends the rounds', (signal) => {
    const { signals, send } = listen()
    send(signal)
    expect(signals.stop.aborted).toBe(false)
    expect(signals.ending.aborted).toBe(true)
  })

  it('SIGUSR1 wakes those who wait for it', () => {
    const { signals, send } = listen()
    let woken = 0
    const forget = signals.onWake(() => woken++)
    send('SIGUSR1')
    forget()
    send('SIGUSR1')
    expect(woken).toBe(1)
  })

  it('lets go of the process', () => {
    const { source, signals } = listen()
    signals.close()
    expect(source.eventNames()).toEqual([])
  })
})
