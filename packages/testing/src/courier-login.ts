import type { Socket } from 'node:net'

/** Somebody who was let in. */
export interface LoggedIn {
  readonly user: string
  /** The tag of the command that is still to be answered. */
  readonly tag: string
  /** What came behind it already. */
  readonly rest: Buffer
}

/** What stands at the door. */
export interface CourierDoor {
  readonly capabilities: readonly string[]
  isLetIn(user: string, password: string): boolean
  welcome(login: LoggedIn): void
}

/** The state of IMAP in which nobody has logged in (RFC 3501, 3.1): LOGIN and AUTHENTICATE PLAIN. */
export function keepDoor(socket: Socket, { capabilities, isLetIn, welcome }: CourierDoor): void {
  const offered = `CAPABILITY ${[...capabilities, 'AUTH=PLAIN'].join(' ')}`
  let received: Buffer = Buffer.alloc(0)
  /** Set while the answer to AUTHENTICATE is awaited. */
  let authenticating: string | undefined
  let isServed = false
  say(`* OK [${offered}] Courier-IMAP ready`)
  socket.on('data', onData)
  socket.on('end', onEnd)

  function onData(chunk: Buffer | string): void {
    received = Buffer.concat([received, typeof chunk === 'string' ? Buffer.from(chunk) : chunk])
    while (!isServed) {
      const end = received.indexOf('\n')
      if (end === -1) return
      const line = received.subarray(0, end).toString().trimEnd()
      received = received.subarray(end + 1)
      if (authenticating === undefined) answer(line)
      else answerToChallenge(authenticating, line)
    }
  }

  function answer(line: string): void {
    const [, tag = '*', verb = '', rest = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? []
    const asked = `${verb} ${verb.toUpperCase() === 'AUTHENTICATE' ? rest : ''}`.trim().toUpperCase()
    if (asked === 'LOGIN') logIn(tag, ...readStrings(rest))
    else if (asked === 'AUTHENTICATE PLAIN') {
      authenticating = tag
      say('+ ')
    } else if (asked === 'LOGOUT') {
      say('* BYE Courier-IMAP server shutting down')
      socket.end(`${tag} OK LOGOUT completed\r\n`)
    } else if (asked === 'CAPABILITY') {
      say(`* ${offered}`)
      say(`${tag} OK CAPABILITY completed`)
    } else if (asked === 'NOOP') say(`${tag} OK NOOP completed`)
    else say(`${tag} BAD not before the login`)
  }

  /** RFC 4616, 2: whose mail, who asks, and the password, each behind an octet of value 0. */
  function answerToChallenge(tag: string, line: string): void {
    authenticating = undefined
    logIn(tag, ...Buffer.from(line, 'base64').toString().split('\0').slice(1))
  }

  function logIn(tag: string, user = '', password = ''): void {
    isServed = isLetIn(user, password)
    if (isServed) {
      socket.off('data', onData)
      socket.off('end', onEnd)
      welcome({ user, tag, rest: received })
    } else say(`${tag} NO Login failed.`)
  }

  function onEnd(): void {
    socket.end()
  }

  function say(line: string): void {
    socket.write(`${line}\r\n`)
  }
}

function readStrings(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, atom = '']) => quoted?.replace(/\\(.)/g, '$1') ?? atom,
  )
}
