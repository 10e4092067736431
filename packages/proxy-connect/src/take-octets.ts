import type { Readable } from 'node:stream'

/**
 * Takes octets from a stream, one at a time, until `isLast` says so: what comes behind an answer (the greeting of the
 * server, which speaks first) stays where it is. Rejects if the stream ends or fails before.
 */
export function takeOctets(stream: Readable, isLast: (octet: Buffer) => boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()

  function take(): void {
    for (let octet: Buffer | null = stream.read(1); octet; octet = stream.read(1)) {
      if (!isLast(octet)) continue
      resolve()
      return
    }
  }
  const onEnd = () => reject(new Error(''))

  stream.on('readable', take).on('end', onEnd).on('close', onEnd).on('error', reject)
  return promise.finally(() => {
    stream.off('readable', take).off('end', onEnd).off('close', onEnd).off('error', reject)
  })
}
