/** The programs that a list of mailboxes can be written for, as `format` names them. */
export const mailboxPrograms = ['mutt', 'neomutt-named', 'aerc', 'notmuch'] as const

/** One of these programs. */
export type MailboxProgram = (typeof mailboxPrograms)[number]
