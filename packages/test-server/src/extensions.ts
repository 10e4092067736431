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
  'NOTIFY',
] as const

/** An extension of IMAP, by the name under which it is advertised. */
export type Extension = (typeof extensionNames)[number]

/** What an extension cannot be without. */
const foundations: Partial<Record<Extension, readonly Extension[]>> = {
  QRESYNC: ['CONDSTORE', 'ENABLE'],
  'CREATE-SPECIAL-USE': ['SPECIAL-USE'],
}

/** The extensions that are on: those of a set, or those of `usual` (all, if not told) as a record changes them. */
export function chooseExtensions(
  wanted: ReadonlySet<Extension> | Partial<Record<Extension, boolean>> = {},
  usual: ReadonlySet<Extension> = new Set(extensionNames),
): ReadonlySet<Extension> {
  const changes = isSet(wanted) ? undefined : wanted
  const isWanted = (name: Extension) => (isSet(wanted) ? wanted.has(name) : (changes?.[name] ?? usual.has(name)))
  return new Set(extensionNames.filter((name) => isWanted(name) && (foundations[name] ?? []).every(isWanted)))
}

function isSet(wanted: object): wanted is ReadonlySet<Extension> {
  return wanted instanceof Set
}
