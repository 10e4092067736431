/** What the rules of folders are asked about. */
export interface Sample {
  readonly names: readonly string[]
  /** The account and its directory that the items of `[mbnames]` are made for. */
  readonly account: string
  readonly localfolders: string
}
