import { createServer } from 'node:net'

/** Two ports on loopback that nobody listens on just now. */
export async function freePorts(): Promise<[number, number]> {
  const probes = [createServer(), createServer()] as const
  const port = (probe: (typeof probes)[number]) =>
    new Promise<number>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(0, '127.0.0.1', () => {
        const address = probe.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
  const ports: [number, number] = [await port(probes[0]), await port(probes[1])]
  for (const probe of probes) await new Promise((resolve) => probe.close(resolve))
  return ports
}
