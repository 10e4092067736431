/** A configuration and the folders that its rules are asked about. */
export interface LargeConfiguration {
  readonly text: string
  /** As `mailtide config dump --folders` reads it. */
  readonly sample: { readonly names: readonly string[]; readonly account: string; readonly localfolders: string }
}

const rules = String.raw`nametrans = lambda f: re.sub(r'^INBOX\.', '',
  re.sub(r'^\[Gmail\]/Sent Mail$', 'sent', f)).lower()
folderfilter = lambda f: f not in ['Trash',
  '[Gmail]/All Mail',
  'Spam'] and not re.search('(?i)newsletter', f)`

/** An rc file of so many lines, full of accounts, one of which has rules in Python; and so many folders. */
export function largeConfiguration(lines: number, folders: number): LargeConfiguration {
  const sections: string[] = [`[Repository server]\ntype = IMAP\n${rules}\n`]
  const countLines = () => sections.join('\n').split('\n').length
  for (let number = 1; countLines() < lines - 20; number++) sections.push(accountRc(number))
  const general = '[general]\naccounts = a1\nmetadata = ~/.offlineimap\n'
  const text = `${general}\n${sections.join('\n')}`
  const comments = Array.from({ length: lines - text.split('\n').length }, (_, index) => `# line ${index}`)
  const names = Array.from({ length: folders }, (_, index) =>
    index % 3 ? `INBOX.Lists.${index}` : `Projects/${index}`,
  )
  return { text: `${[text, ...comments].join('\n')}\n`, sample: { names, account: 'a1', localfolders: '/mail' } }
}

function accountRc(number: number): string {
  return `[Account a${number}]
localrepository = disk${number}
remoterepository = server${number}
autorefresh = 5

[Repository disk${number}]
type = Maildir
localfolders = ~/Mail/a${number}
sep = /

[Repository server${number}]
type = IMAP
remotehost = imap${number}.example.org
remoteuser = user${number}
remotepass = secret
`
}
