import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * What a scripted server answers: lines, a `$` at their beginning standing for the tag. It is asked once a line, so also
 * when a line ends in the size of a literal; undefined says OK then, or `+`. After an answer that ends in a `+` the next line
 * belongs to the same command, and is handed over whole.
 */
export type Answer = (line: string) => readonly string[] | undefined

/** A server that says just what a test wants, beginning with this greeting; without one it says nothing at all. */
export async function startScript(greeting: readonly string[], answer: Answer = () => undefined) {
  const sockets = new Set<Socket>()
  const lines: string[] = []

  function converse(socket: Socket): void {
    let received = ''
    let command = ''
    let literal = 0
    let openTag: string | undefined
    const say = (line: string) => socket.write(`${line}\r\n`, 'latin1')
    for (const line of greeting) say(line)
    if (greeting.some((line) => line.startsWith('* BYE'))) socket.end()
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      for (let end = lineEnd(); end !== -1; end = lineEnd()) {
        command += received.slice(0, end)
        received = received.slice(end + 2)
        literal = 0
        respond()
      }
    })

    function lineEnd(): number {
      return received.length < literal ? -1 : received.indexOf('\r\n', literal)
    }

    function respond(): void {
      const tag = openTag ?? command.split(' ', 1)[0] ?? ''
      const line = openTag === undefined ? command.slice(tag.length + 1) : command
      const size = /\{(\d+)\}$/.exec(line)?.[1]
      const answered = answer(line)
      lines.push(line)
      if (size !== undefined && !answered) {
        literal = Number(size)
        return void say('+')
      }
      for (const each of answered ?? ['$ OK done']) say(each.replace(/^\$/, tag))
      openTag = answered?.at(-1)?.startsWith('+') ? tag : undefined
      command = ''
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    converse(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0, lines }
}
