/** What a login is made from. */
export interface LoginFacts {
  readonly user: string
  /** Whose mail is wanted, if not the user's own (RFC 4422, 2); empty otherwise. */
  readonly authorizationIdentity: string
  /** The password, or the access token; empty for mechanisms that need neither. */
  readonly secret: string
  readonly host: string
  readonly port: number
  /** A text that no one can guess, without commas. */
  readonly nonce: () => string
}

/** One run of a SASL mechanism (RFC 4422): octets in, octets out. */
export interface Exchange {
  /** What goes first; undefined where the server speaks first. */
  readonly initial: Uint8Array | undefined
  /** The answer to a challenge. Throws (or rejects) to give the exchange up. */
  respond(challenge: Uint8Array): Uint8Array | Promise<Uint8Array>
  /** Throws if the server let us in without having proved what it has to prove. */
  finish?(): void
  /** Why the server refused, where it said so in the exchange. */
  complaint?(): string | undefined
}

/** A way to log in. */
export interface Mechanism {
  readonly needs: 'password' | 'access-token' | 'nothing'
  /** Whether it can say whose mail is wanted. If not, it is no way into the mail of another. */
  readonly carriesIdentity: boolean
  /** What the server gets to see: the secret as it is, or a proof that we know it. */
  readonly shows: 'password' | 'access-token' | 'proof' | 'nothing'
  /** Why it cannot carry these facts, if so. */
  objection?(facts: LoginFacts): string | undefined
  begin(facts: LoginFacts): Exchange | Promise<Exchange>
}

/** The octets of a text in UTF-8. */
export function octets(text: string): Uint8Array {
  return Buffer.from(text)
}

/** For mechanisms that have said everything at once: another challenge gets an empty answer. */
export function sayOnce(text: string): Exchange {
  return { initial: octets(text), respond: () => octets('') }
}
