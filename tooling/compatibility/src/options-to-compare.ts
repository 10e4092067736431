import { type CatalogueEntry, catalogue } from '@mailtide/config'

/** Every option of the schema, once: what every repository may have is told under `repository` alone. */
export const optionsToCompare: readonly CatalogueEntry[] = catalogue()

/** The key of an option: its name, and the kind of section it is in. */
export function keyOf({ kind, name }: Pick<CatalogueEntry, 'kind' | 'name'>): string {
  return `${kind} ${name}`
}
