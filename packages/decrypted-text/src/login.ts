/** For which login a text is read. */
export interface WantedLogin {
  readonly host: string
  readonly port: number
  /** Undefined where the text is to say who it is. */
  readonly user: string | undefined
}

/** What stands in a text. */
export interface Login {
  readonly password: string
  readonly user: string | undefined
}

/** What people call a password, the first choice first. */
export const passwordNames: readonly string[] = ['password', 'passwd', 'pass', 'secret']

/** What people call a user. */
export const userNames: readonly string[] = ['user', 'username', 'login']
