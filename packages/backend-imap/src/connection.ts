import type { Readable, Writable } from 'node:stream'
import { MailtideError } from '@mailtide/contracts'
import type { Command } from './command.ts'
import { createCommandWriter, type Writing } from './command-writer.ts'
import { connectionLost, printable, protocolError, refused, timedOut } from './errors.ts'
import { createReader, isAtEnd, type Reader, readAtom, readNumber, skipSpaces } from './reader.ts'
import { createResponseSplitter, type LiteralReceiver } from './response-splitter.ts'
import { type Completion, parseStatus } from './status-text.ts'

/** The two directions of a logged-in connection. */
export interface Wire {
  readonly readable: Readable
  readonly writable: Writable
  /** What carries them, where that is something else (compression). */
  readonly carrier: Readable
}

/** An untagged response, on loan: its reader stands behind the kind. */
export interface Untagged {
  /** `FETCH`, `EXISTS`, `OK`, in upper case. */
  readonly kind: string
  /** The number before the kind; -1 if there is none. */
  readonly number: number
  readonly reader: Reader
}

/** Hears the untagged responses that come while a command is in flight. */
export interface Listener {
  /** Answers whether this response was meant for this command; otherwise the next one in flight is asked. */
  hear?(response: Untagged): boolean
  /** A literal is about to come: answer a receiver to have it in pieces. */
  literal?(textSoFar: string, size: number): LiteralReceiver | undefined
  /** Who takes the answers at leisure, if anybody: reading may pause when nobody else waits for anything. */
  readonly taker?: object
  /** The server said `+` where no literal waits for it, as to IDLE. */
  proceed?(): void
  /** Whether silence is what is expected for now, and no reason to give the server up. */
  isPatient?(): boolean
}

/** A logged-in connection on which any number of commands may be in flight. */
export interface Connection {
  readonly capabilities: ReadonlySet<string>
  /** Undefined as long as it works. */
  readonly failure: Error | undefined
  /** Commands that have no answer yet. */
  readonly inFlight: number
  /** Sends a command and resolves with its end, whatever that is. */
  ask(command: Command, listener?: Listener): Promise<Completion>
  /** Sends a command; NO and BAD reject. `what` says in the error what was refused. */
  run(what: string, command: Command, listener?: Listener): Promise<Completion>
  /** Sends a line that belongs to the command in flight, as DONE does; an answer is owed from now on. */
  say(line: string): void
  /** Hears the untagged responses that no command in flight takes; undefined ends that. */
  overhear(hear: ((response: Untagged) => void) | undefined): void
  /** Pauses reading while all commands in flight are of takers that hold it back; `false` lets it flow again. */
  hold(taker: object, held: boolean): void
  /** Ends the connection at once; everything in flight rejects with this error. */
  destroy(error: Error): void
}

/** What a connection needs to know. */
export interface ConnectionSetting {
  readonly host: string
  readonly capabilities: ReadonlySet<string>
  /** Seconds of silence that are borne; 0 for any. */
  readonly timeout: number
  readonly trace?: ((line: string) => void) | undefined
  /** Hears status responses that may ask for patience, and answers for how many milliseconds. */
  readonly patience?: ((response: string) => number | undefined) | undefined
}

interface Pending extends Writing {
  readonly listener: Listener
  readonly resolve: (end: Completion) => void
  readonly reject: (error: Error) => void
}

const asterisk = 42
const plus = 43

/** Takes over the wire of a logged-in connection. */
export function createConnection(wire: Wire, setting: ConnectionSetting): Connection {
  const { host, timeout, trace } = setting
  const pending = new Map<string, Pending>()
  const holding = new Set<object>()
  const reader = createReader()
  const untagged = { kind: '', number: -1, reader }
  let capabilities = setting.capabilities
  let failure: Error | undefined
  let farewell = ''
  let overhearing: ((response: Untagged) => void) | undefined
  let tags = 0
  let paused = false

  const splitter = createResponseSplitter({ response: onResponse, literal: onLiteral })
  const writer = createCommandWriter(wire.writable, {
    literalPlus: () => capabilities.has('LITERAL+'),
    literalMinus: () => capabilities.has('LITERAL-'),
    progress: () => silence?.refresh(),
    failed: fail,
    trace,
  })
  const silence = timeout === 0 ? undefined : setTimeout(onSilence, timeout * 1000)
  silence?.unref()

  wire.readable.on('data', onData)
  for (const stream of new Set([wire.readable, wire.writable, wire.carrier])) {
    stream.on('error', (error: Error) => fail(connectionLost(host, error.message, error)))
    stream.on('close', onEnd)
  }
  wire.readable.on('end', onEnd)
  wire.carrier.on('end', onEnd)
  wire.readable.resume()

  return {
    get capabilities() {
      return capabilities
    },
    get failure() {
      return failure
    },
    get inFlight() {
      return pending.size
    },
    ask,
    async run(what, command, listener) {
      const end = await ask(command, listener)
      if (end.status !== 'OK') throw refused(what, end, 'folder')
      return end
    },
    say(line) {
      if (failure) return
      trace?.(`C: ${line}`)
      wire.writable.write(`${line}\r\n`, 'latin1')
      silence?.refresh()
    },
    overhear(hear) {
      overhearing = hear
    },
    hold(taker, held) {
      if (held) holding.add(taker)
      else holding.delete(taker)
      adjustFlow()
    },
    destroy: fail,
  }

  function ask(command: Command, listener: Listener = {}): Promise<Completion> {
    if (failure) return Promise.reject(failure)
    const { promise, resolve, reject } = Promise.withResolvers<Completion>()
    const tag = `M${++tags}`
    const entry: Pending = { tag, command, listener, resolve, reject }
    if (pending.size === 0) silence?.refresh()
    pending.set(tag, entry)
    adjustFlow()
    writer.write(entry)
    return promise
  }

  function onData(chunk: Buffer): void {
    silence?.refresh()
    try {
      splitter.push(chunk)
    } catch (error) {
      fail(error instanceof MailtideError ? error : protocolError(`an answer that cannot be read (${String(error)})`))
    }
  }

  function onEnd(): void {
    fail(connectionLost(host, farewell))
  }

  function onSilence(): void {
    const isFine = paused || pending.values().every(({ listener }) => listener.isPatient?.())
    if (isFine) silence?.refresh()
    else fail(timedOut(host, timeout))
  }

  function onLiteral(text: string, size: number): LiteralReceiver | undefined {
    for (const entry of pending.values()) {
      const receiver = entry.listener.literal?.(text, size)
      if (receiver) return receiver
    }
    return undefined
  }

  function onResponse(text: string, literals: readonly (Buffer | undefined)[]): void {
    trace?.(`S: ${text}`)
    reader.text = text
    reader.literals = literals
    reader.taken = 0
    reader.at = 0
    // DavMail keeps the line open with spaces while it thinks.
    skipSpaces(reader)
    const first = text.charCodeAt(reader.at)
    if (first === plus) {
      writer.proceed()
      for (const { listener } of pending.values()) listener.proceed?.()
    } else if (first === asterisk) {
      reader.at++
      onUntagged()
    } else onTagged()
  }

  function onTagged(): void {
    const tag = readAtom(reader)
    const entry = pending.get(tag)
    const end = entry && withPause(parseStatus(reader.text, reader.at), reader.text.slice(reader.at))
    if (!entry || !end) throw protocolError(`an unexpected line: ${reader.text.slice(0, 80)}`)
    pending.delete(tag)
    if (end.code === 'CAPABILITY') capabilities = new Set(end.argument.toUpperCase().split(' '))
    writer.ended(entry)
    adjustFlow()
    entry.resolve(end)
  }

  function onUntagged(): void {
    skipSpaces(reader)
    untagged.number = readNumber(reader)
    skipSpaces(reader)
    untagged.kind = readAtom(reader).toUpperCase()
    const at = reader.at
    for (const entry of pending.values()) {
      if (entry.listener.hear?.(untagged)) return
      reader.at = at
      reader.taken = 0
    }
    if (untagged.kind === 'BYE') {
      farewell = parseStatus(reader.text, reader.text.indexOf('*') + 1)?.text ?? ''
      setting.patience?.(reader.text.slice(reader.text.indexOf('*') + 1))
    } else if (untagged.kind === '' && isAtEnd(reader)) throw protocolError('an empty response')
    else overhearing?.(untagged)
  }

  function withPause(end: Completion | undefined, response: string): Completion | undefined {
    if (!end || (end.status === 'OK' && end.code !== 'THROTTLED')) return end
    const pause = setting.patience?.(response)
    return pause === undefined ? end : { ...end, pause }
  }

  function adjustFlow(): void {
    const pause = holding.size > 0 && pending.values().every(({ listener: { taker } }) => taker && holding.has(taker))
    if (pause === paused) return
    paused = pause
    if (pause) wire.readable.pause()
    else {
      silence?.refresh()
      wire.readable.resume()
    }
  }

  function fail(error: Error): void {
    if (failure) return
    failure = error
    clearTimeout(silence)
    trace?.(`-- ${printable(error.message)}`)
    writer.stop()
    for (const stream of [wire.readable, wire.writable, wire.carrier]) stream.destroy()
    const left = [...pending.values()]
    pending.clear()
    for (const entry of left) entry.reject(error)
  }
}
