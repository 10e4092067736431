import { basename } from 'node:path'
import { Duplex } from 'node:stream'
import { pipeBroken } from './errors.ts'
import { harmlessText } from './harmless-text.ts'
import { createTailOutput } from './output.ts'
import { createProcessGroup, type Ending } from './process-group.ts'
import { type StartOptions, startProgram } from './start-program.ts'

/** A program that one talks with. */
export interface PipeOptions extends StartOptions {
  /** Milliseconds between asking it to end and killing it. 2 s unless told. */
  readonly grace?: number
  /** Ends it, with all that it started; the pipe fails with the signal's reason. */
  readonly signal?: AbortSignal
  /** What messages call it. Default: the program's name; never its arguments, which may hold a secret. */
  readonly name?: string
}

/** Writes to the stdin of a program and reads its stdout. Destroyed, it ends the program; `close` comes once that is done. */
export interface ProgramPipe extends Duplex {
  /** As of a socket: emits `timeout` after so many milliseconds with nothing going in or out; 0 for never. */
  setTimeout(milliseconds: number): this
}

const maxStderr = 4096

/**
 * Starts a program and opens a pipe to it, without a shell. It has a process group (and session) of its own, which is ended
 * as a whole.
 *
 * The pipe ends when the program ends well. It fails with `program/failed` when the program fails, or ends without a word
 * while it was still to be written to. Each direction waits for the slower side.
 */
export async function openPipe(options: PipeOptions): Promise<ProgramPipe> {
  const { command, signal, grace = 2000, name = basename(command) } = options
  signal?.throwIfAborted()
  const child = await startProgram(options)
  const { stdin, stdout } = child
  const stderr = createTailOutput(maxStderr)
  let silence: NodeJS.Timeout | undefined
  let octetsSeen = 0
  let octetsCounted = 0
  let isHeld = true
  let isOver = false
  let deaf: NodeJS.Timeout | undefined

  const said = () => harmlessText(stderr.bytes())
  /** A program that takes no more input is about to end, as a rule, and then says why. */
  const unlessDeaf = (done: () => void) => (error?: Error | null) => {
    if (!error || isOver) done()
    else deaf ??= setTimeout(() => duplex.destroy(pipeBroken(name, 'takes no more input', said())), grace)
  }
  const group = createProcessGroup(child, {
    grace,
    isFlowing() {
      const isFlowing = isHeld || octetsSeen > octetsCounted
      octetsCounted = octetsSeen
      return isFlowing
    },
  })
  const duplex = new Duplex({
    allowHalfOpen: false,
    read() {
      isHeld = false
      stdout.resume()
    },
    write(octets, _encoding, written) {
      silence?.refresh()
      stdin.write(octets, unlessDeaf(written))
    },
    final(finished) {
      stdin.end(unlessDeaf(finished))
    },
    destroy(error, destroyed) {
      clearTimeout(silence)
      clearTimeout(deaf)
      signal?.removeEventListener('abort', onAbort)
      if (isOver) return destroyed(error)
      group.end(error)
      const tell = () => destroyed(error)
      group.ended.then(tell, tell)
    },
  })

  stdout.on('data', (octets: Buffer) => {
    octetsSeen += octets.length
    silence?.refresh()
    if (duplex.push(octets)) return
    isHeld = true
    stdout.pause()
  })
  stdout.pause()
  child.stderr.on('data', (octets) => stderr.add(octets))
  stdin.on('error', () => stdin.destroy())
  group.ended.then(onEnd, () => {})
  const onAbort = () => void duplex.destroy(asError(signal?.reason))
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted) onAbort()

  return Object.assign(duplex, {
    setTimeout(this: ProgramPipe, milliseconds: number) {
      clearTimeout(silence)
      silence = milliseconds > 0 ? setTimeout(() => duplex.emit('timeout'), milliseconds).unref() : undefined
      return this
    },
  })

  function onEnd({ exitCode, killedBy }: Ending): void {
    isOver = true
    if (duplex.destroyed) return
    const isUntimely = octetsSeen === 0 && !duplex.writableFinished
    if (exitCode === 0 && !isUntimely) {
      duplex.push(null)
      return
    }
    const ending = killedBy === null ? `ended with exit code ${exitCode}` : `was killed by ${killedBy}`
    duplex.destroy(pipeBroken(name, ending, said()))
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
