import type { Writable } from 'node:stream'
import type { Command, OutgoingLiteral } from './command.ts'
import { brokenSource } from './errors.ts'

/** A command on its way out. */
export interface Writing {
  readonly tag: string
  readonly command: Command
}

/** What the writer asks of its connection. */
export interface WriterSetting {
  /** LITERAL+: literals of any size need no leave (RFC 7888). */
  literalPlus(): boolean
  /** LITERAL-: up to 4096 octets need no leave (RFC 7888, 5). */
  literalMinus(): boolean
  /** Octets went out. */
  progress(): void
  failed(error: Error): void
  readonly trace: ((line: string) => void) | undefined
}

/** Writes commands one behind the other, as fast as the socket takes them. */
export interface CommandWriter {
  write(writing: Writing): void
  /** A `+` came: the literal that waits for it may go. */
  proceed(): void
  /** A command has its answer, perhaps before all of it was written: a refused literal is not sent. */
  ended(writing: Writing): void
  stop(): void
}

const newline = Buffer.from('\r\n')

/** Starts a writer on a socket. */
export function createCommandWriter(socket: Writable, setting: WriterSetting): CommandWriter {
  const queue: Writing[] = []
  let writing: Writing | undefined
  let leave: PromiseWithResolvers<boolean> | undefined
  let room: PromiseWithResolvers<void> | undefined
  let busy = false
  let stopped = false
  let corked = false
  socket.on('drain', () => room?.resolve())

  return {
    write(next) {
      queue.push(next)
      if (!busy) pump()
    },
    proceed() {
      leave?.resolve(true)
    },
    ended(entry) {
      if (entry === writing) leave?.resolve(false)
    },
    stop() {
      stopped = true
      queue.length = 0
      leave?.resolve(false)
      room?.resolve()
    },
  }

  /** Writes what can be written at once, and leaves the rest to the slow way. */
  function pump(): void {
    cork()
    while (queue.length > 0 && !stopped) {
      if (socket.writableNeedDrain || !isQuick(queue[0]!.command)) {
        busy = true
        void writeSlowly().catch(setting.failed)
        return
      }
      writeQuickly(queue.shift()!)
    }
  }

  async function writeSlowly(): Promise<void> {
    while (queue.length > 0 && !stopped) {
      await drained()
      const next = queue.shift()
      if (!next) break
      if (isQuick(next.command)) writeQuickly(next)
      else await writeInSteps(next)
    }
    busy = false
  }

  function isQuick(command: Command): boolean {
    return command.every((part) => typeof part === 'string' || (isFree(part) && part.octets instanceof Uint8Array))
  }

  function isFree(literal: OutgoingLiteral): boolean {
    return setting.literalPlus() || (literal.size <= 4096 && setting.literalMinus())
  }

  function writeQuickly({ tag, command }: Writing): void {
    socket.cork()
    let line = `${tag} `
    for (const part of command) {
      if (typeof part === 'string') line += part
      else if (part.octets instanceof Uint8Array) {
        line += announce(part, true)
        socket.write(line, 'latin1')
        setting.trace?.(`C: ${line.trimEnd()}`)
        socket.write(part.octets)
        line = ''
      }
    }
    setting.trace?.(`C: ${line}`)
    socket.write(`${line}\r\n`, 'latin1')
    socket.uncork()
    setting.progress()
  }

  async function writeInSteps(next: Writing): Promise<void> {
    writing = next
    let line = `${next.tag} `
    for (const part of next.command) {
      if (typeof part === 'string') {
        line += part
        continue
      }
      const free = isFree(part)
      line += announce(part, free)
      setting.trace?.(`C: ${line.trimEnd()}`)
      leave = free ? undefined : Promise.withResolvers()
      socket.write(line, 'latin1')
      line = ''
      uncork()
      if (leave && !(await leave.promise)) {
        writing = undefined
        return
      }
      await writeLiteral(part)
    }
    leave = undefined
    writing = undefined
    setting.trace?.(`C: ${line}`)
    socket.write(line === '' ? newline : Buffer.from(`${line}\r\n`, 'latin1'))
    setting.progress()
  }

  async function writeLiteral({ size, octets }: OutgoingLiteral): Promise<void> {
    if (octets instanceof Uint8Array) {
      socket.write(octets)
      return
    }
    let written = 0
    try {
      for await (const chunk of octets()) {
        if (stopped) return
        written += chunk.length
        if (written > size) break
        socket.write(chunk)
        setting.progress()
        await drained()
      }
    } catch (error) {
      throw brokenSource(size, error)
    }
    if (written !== size) throw brokenSource(size)
  }

  async function drained(): Promise<void> {
    uncork()
    if (!socket.writableNeedDrain || stopped) return
    room = Promise.withResolvers()
    await room.promise
    setting.progress()
  }

  function cork(): void {
    if (corked) return
    corked = true
    socket.cork()
    process.nextTick(uncork)
  }

  function uncork(): void {
    if (!corked) return
    corked = false
    socket.uncork()
  }
}

function announce({ size, binary }: OutgoingLiteral, isFree: boolean): string {
  return `${binary ? '~' : ''}{${size}${isFree ? '+' : ''}}\r\n`
}
