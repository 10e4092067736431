import { serverUnproven } from '../errors.ts'
import { type Mechanism, octets } from './mechanism.ts'

/** A security context of GSSAPI, as a library such as `kerberos` makes one for `imap@host`. */
export interface GssapiSteps {
  /** Takes what the server sent (nothing at first), and answers what to send; nothing once all is said. */
  step(token: Uint8Array | undefined): Promise<Uint8Array | undefined> | Uint8Array | undefined
  /** Whether both sides know each other. */
  readonly isComplete: boolean
  unwrap(message: Uint8Array): Promise<Uint8Array> | Uint8Array
  /** Signs a message, without encrypting it. */
  wrap(message: Uint8Array): Promise<Uint8Array> | Uint8Array
}

const noSecurityLayer = 1

/** GSSAPI (RFC 4752): a Kerberos ticket says who we are. */
export function gssapi(open: (service: string) => Promise<GssapiSteps> | GssapiSteps): Mechanism {
  return {
    needs: 'nothing',
    carriesIdentity: true,
    shows: 'nothing',
    async begin({ host, authorizationIdentity }) {
      const steps = await open(`imap@${host}`)
      const initial = await steps.step(undefined)
      let contextDone = steps.isComplete
      let layerChosen = false
      return {
        initial: initial ?? octets(''),
        async respond(challenge) {
          if (contextDone) {
            layerChosen = true
            return chooseLayer(steps, challenge, authorizationIdentity)
          }
          const answer = await steps.step(challenge)
          contextDone = steps.isComplete
          return answer ?? octets('')
        },
        finish() {
          if (!layerChosen) throw serverUnproven(host, 'it let us in before the exchange was over')
        },
      }
    },
  }
}

/** RFC 4752, 3.1: the server offers security layers and we want none, TLS being there. */
async function chooseLayer(steps: GssapiSteps, challenge: Uint8Array, identity: string): Promise<Uint8Array> {
  const [layers = 0] = await steps.unwrap(challenge)
  if ((layers & noSecurityLayer) === 0) throw new Error('the server insists on a security layer of its own')
  return steps.wrap(Buffer.concat([Buffer.from([noSecurityLayer, 0, 0, 0]), octets(identity)]))
}
