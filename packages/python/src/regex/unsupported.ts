/** A regular expression that Python takes and this engine doesn't. Whoever compiles it says where it stands. */
export class UnsupportedRegex extends Error {}

/** Stops because the expression is beyond this engine. */
export function unsupportedRegex(what: string): never {
  throw new UnsupportedRegex(what)
}
