import { MailtideError } from '@mailtide/contracts'
import type { Exchange } from './mechanism.ts'
import { type Refusal, readRefusal } from './refusal.ts'

/** An attribute of a command, as imapflow takes it. */
interface Attribute {
  readonly type: 'ATOM' | 'STRING' | 'LITERAL'
  readonly value: string | Uint8Array
  readonly sensitive?: boolean
}

/** A `+` line, as imapflow read it. */
interface Continuation {
  readonly attributes?: readonly ({ readonly value?: unknown } | null)[]
}

/** The inner parts of imapflow 2.10.2 that a login needs and that its types leave out. */
export interface Speaker {
  exec(
    command: string,
    attributes: readonly Attribute[],
    options?: { readonly onPlusTag: (line: Continuation) => Promise<void> },
  ): Promise<{ next(): void }>
  write(line: string): void
  readonly capabilities: { has(name: string): boolean; keys(): Iterable<string> }
}

/**
 * Runs AUTHENTICATE (RFC 9051, 6.2.2): the first answer goes with the command where SASL-IR is offered (RFC 4959). An
 * exchange that throws is given up; a MailtideError of it is thrown on, whatever the server says then.
 */
export async function authenticate(
  speaker: Speaker,
  name: string,
  begin: () => Exchange | Promise<Exchange>,
  trace: ((line: string) => void) | undefined,
): Promise<Refusal | undefined> {
  let exchange: Exchange
  try {
    exchange = await begin()
  } catch (thrown) {
    return givenUp(thrown)
  }
  let initial = exchange.initial
  let failure: unknown
  const attributes: Attribute[] = [{ type: 'ATOM', value: name }]
  if (initial && speaker.capabilities.has('SASL-IR')) {
    attributes.push({ type: 'ATOM', value: base64(initial) || '=', sensitive: true })
    initial = undefined
  }
  const say = (line: string, shown: string) => {
    trace?.(`C: ${shown}`)
    speaker.write(line)
  }
  const onPlusTag = async (line: Continuation) => {
    try {
      const answer = initial ?? (await exchange.respond(challengeOf(line)))
      initial = undefined
      say(base64(answer), answer.length === 0 ? '' : '[secret]')
    } catch (thrown) {
      failure = thrown
      say('*', '*')
    }
  }
  const refusal = await refusalOf(() => speaker.exec('AUTHENTICATE', attributes, { onPlusTag }))
  if (failure instanceof MailtideError) throw failure
  if (failure !== undefined) return givenUp(failure)
  if (!refusal) exchange.finish?.()
  const complaint = exchange.complaint?.()
  return refusal && complaint !== undefined ? { ...refusal, reason: `${refusal.reason}; ${complaint}` } : refusal
}

function givenUp(thrown: unknown): Refusal {
  const why = thrown instanceof Error ? thrown.message : String(thrown)
  return { code: '', reason: `failed (${why})`, isOurs: true }
}

/** Runs the LOGIN command (RFC 9051, 6.2.3). */
export function loginByCommand(speaker: Speaker, user: string, password: string): Promise<Refusal | undefined> {
  return refusalOf(() => speaker.exec('LOGIN', [argumentOf(user), { ...argumentOf(password), sensitive: true }]))
}

async function refusalOf(command: () => Promise<{ next(): void }>): Promise<Refusal | undefined> {
  try {
    const end = await command()
    end.next()
    return undefined
  } catch (thrown) {
    const refusal = readRefusal(thrown)
    if (!refusal) throw thrown
    return refusal
  }
}

function argumentOf(text: string): Attribute {
  return isQuotable(text) ? { type: 'STRING', value: text } : { type: 'LITERAL', value: Buffer.from(text) }
}

/** Whether a text may stand in quotes (RFC 9051, 4.3). */
export function isQuotable(text: string): boolean {
  return /^[\x01-\x09\x0b\x0c\x0e-\x7e]*$/.test(text)
}

function challengeOf({ attributes }: Continuation): Uint8Array {
  const text = attributes?.[0]?.value
  return Buffer.from(typeof text === 'string' ? text : '', 'base64')
}

function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64')
}
