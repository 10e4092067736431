/** What can be switched on and off besides STARTTLS (`tls`) and ways to log in (`mechanisms`). */
export const extensionNames = [
  'LITERAL+',
  'UIDPLUS',
  'MOVE',
  'CONDSTORE',
  'QRESYNC',
  'ENABLE',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'SPECIAL-USE',
  'CREATE-SPECIAL-USE',
  'NAMESPACE',
  'IDLE',
  'ID',
  'COMPRESS=DEFLATE',
  'MULTIAPPEND',
  'ESEARCH',
  'UNSELECT',
  'SASL-IR',
  'CHILDREN',
] as const

/** An extension of IMAP, by the name under which it is advertised. */
export type Extension = (typeof extensionNames)[number]

/** What an extension cannot be without. */
const foundations: Partial<Record<Extension, readonly Extension[]>> = {
  QRESYNC: ['CONDSTORE', 'ENABLE'],
  'CREATE-SPECIAL-USE': ['SPECIAL-USE'],
}

/** The extensions that are on: those of a set, or all but those that a record switches off. */
export function chooseExtensions(
  wanted: ReadonlySet<Extension> | Partial<Record<Extension, boolean>> = {},
): ReadonlySet<Extension> {
  const isWanted = (name: Extension) => (wanted instanceof Set ? wanted.has(name) : isOn(wanted, name))
  return new Set(extensionNames.filter((name) => isWanted(name) && (foundations[name] ?? []).every(isWanted)))
}

function isOn(wanted: ReadonlySet<Extension> | Partial<Record<Extension, boolean>>, name: Extension): boolean {
  return (wanted as Partial<Record<Extension, boolean>>)[name] ?? true
}
