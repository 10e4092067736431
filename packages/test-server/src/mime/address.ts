/** A mail address as ENVELOPE takes it apart (RFC 3501, 7.4.2). A group is an address without host that begins it, and one without anything that ends it. */
export interface Address {
  readonly name: string | undefined
  readonly mailbox: string | undefined
  readonly host: string | undefined
}

const tokenPattern = /"((?:[^"\\]|\\.)*)"|\(((?:[^()\\]|\\.)*)\)|([<>,;:@])|([^\s"()<>,;:@]+)/g

/** The addresses of a field such as To. */
export function parseAddresses(value: string): Address[] {
  const addresses: Address[] = []
  let words: string[] = []
  let comment: string | undefined
  let angle: string | undefined

  function finish(): void {
    const spec = angle ?? words.join('')
    const name = (angle === undefined ? undefined : words.join(' ')) || comment
    const at = spec.lastIndexOf('@')
    if (spec !== '' || name !== undefined) {
      addresses.push({
        name,
        mailbox: at === -1 ? spec : spec.slice(0, at),
        host: at === -1 ? '' : spec.slice(at + 1),
      })
    }
    words = []
    comment = undefined
    angle = undefined
  }

  let isInAngle = false
  for (const [, quoted, remark, special, word] of value.matchAll(tokenPattern)) {
    const text = word ?? quoted?.replace(/\\(.)/g, '$1')
    if (remark !== undefined) comment = remark
    else if (special === '<') [isInAngle, angle] = [true, '']
    else if (special === '>') isInAngle = false
    else if (isInAngle) angle += special ?? text ?? ''
    else if (special === '@') words.push('@')
    else if (special === ':') {
      addresses.push({ name: undefined, mailbox: words.join(' '), host: undefined })
      words = []
    } else if (special === ',' || special === ';') {
      finish()
      if (special === ';') addresses.push({ name: undefined, mailbox: undefined, host: undefined })
    } else if (text !== undefined) words.push(text)
  }
  finish()
  return addresses
}
