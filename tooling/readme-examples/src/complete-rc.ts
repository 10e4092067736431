interface Section {
  readonly name: string
  readonly lines: string[]
}

/**
 * A whole rc file around a part of one: what the part doesn't say is filled in, so that it can be checked as it stands.
 * `section` is where lines belong that no header stands above.
 *
 * A repository is the one on this machine if its type, its localfolders or its name says so. Where there is no account, each
 * server gets one.
 */
export function completeRc(part: string, section = 'general'): string {
  const sections = sectionsOf(part, section)
  const named = (prefix: string) => sections.filter(({ name }) => name.startsWith(prefix))
  const added = (name: string) => {
    const found = sections.find((each) => each.name === name) ?? { name, lines: [] }
    if (!sections.includes(found)) sections.push(found)
    return found
  }
  const locals = named('Repository ').filter(isLocal)
  const remotes = named('Repository ').filter((each) => !isLocal(each))
  if (locals.length === 0) locals.push(added('Repository disk'))
  if (remotes.length === 0) remotes.push(added('Repository server'))
  if (named('Account ').length === 0) for (const [index] of remotes.entries()) added(`Account home${index || ''}`)
  for (const [index, account] of named('Account ').entries()) {
    const [local, remote] = [locals[index] ?? added(`Repository disk${index}`), remotes[index] ?? remotes[0]]
    fill(account, 'localrepository', local.name.replace('Repository ', ''))
    fill(account, 'remoterepository', remote?.name.replace('Repository ', '') ?? '')
    if (!locals.includes(local)) locals.push(local)
  }
  for (const [index, local] of locals.entries()) {
    fill(local, 'type', 'Maildir')
    fill(local, 'localfolders', `~/mail-${index}`)
  }
  for (const remote of remotes) {
    fill(remote, 'type', 'IMAP')
    if (!has(remote, 'type\\s*[=:]\\s*Gmail') && !has(remote, 'remotehost')) {
      fill(remote, 'remotehost', 'imap.example.org')
    }
    if (!has(remote, 'remoteuser')) fill(remote, 'remoteuser', 'alex')
  }
  const accounts = named('Account ').map(({ name }) => name.replace('Account ', ''))
  fill(added('general'), 'accounts', accounts.join(', '))
  return sections.map(({ name, lines }) => `[${name}]\n${lines.join('\n')}\n`).join('\n')
}

function sectionsOf(part: string, first: string): Section[] {
  const sections: Section[] = []
  for (const line of part.split('\n')) {
    const name = /^\[(.*)\]$/.exec(line)?.[1]
    if (name !== undefined) sections.push({ name, lines: [] })
    else if (sections.length > 0) sections.at(-1)?.lines.push(line)
    else if (line.trim() !== '' && !line.startsWith('#')) sections.push({ name: first, lines: [line] })
  }
  return sections
}

function isLocal(section: Section): boolean {
  if (has(section, 'type')) return has(section, 'type\\s*[=:]\\s*(Gmail)?Maildir')
  return has(section, 'localfolders') || /local|disk/i.test(section.name)
}

function has({ lines }: Section, option: string): boolean {
  return lines.some((line) => new RegExp(`^${option}`, 'i').test(line))
}

function fill(section: Section, option: string, value: string): void {
  if (!has(section, `${option}\\s*[=:]`)) section.lines.unshift(`${option} = ${value}`)
}
