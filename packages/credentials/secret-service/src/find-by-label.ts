import type { AskingOptions } from './ask-program.ts'
import { callService } from './call-service.ts'
import { collectionLocked } from './errors.ts'
import { type Attributes, search } from './secret-tool.ts'

/** The programs that a search by label runs. */
export interface Programs {
  readonly secretTool: string
  readonly dbusSend: string
}

/** An item, opened. */
export interface OpenedItem {
  readonly secret: string
  readonly attributes: Attributes
}

/**
 * Finds items by label. `secret-tool` searches by attributes only, so the items and their attributes come from the
 * service itself, and the secrets then from `secret-tool`. An item without any attribute cannot be opened that way and
 * is passed over.
 */
export async function findByLabel(label: string, programs: Programs, asking: AskingOptions): Promise<OpenedItem[]> {
  const call = (path: string, method: string, ...parameters: string[]) =>
    callService(programs.dbusSend, [path, method, ...parameters], asking)
  const property = (path: string, name: string) =>
    call(path, 'org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Item', `string:${name}`)

  const all = await call(
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.SearchItems',
    'dict:string:string:',
  )
  const opened: OpenedItem[] = []
  for (const [, path = ''] of all.matchAll(/object path "([^"]+)"/g)) {
    if (stringIn(await property(path, 'Label')) !== label) continue
    const attributes = pairsIn(await property(path, 'Attributes'))
    if (Object.keys(attributes).length === 0) continue
    const { items } = await search(programs.secretTool, attributes, { ...asking, unlock: true })
    const item = items.find((one) => one.label === label && path.endsWith(one.path))
    if (!item) continue
    if (item.secret === undefined) throw collectionLocked()
    opened.push({ secret: item.secret, attributes })
  }
  return opened
}

function stringIn(reply: string): string | undefined {
  return /^\s+variant\s+string "([\s\S]*)"\s*$/m.exec(reply)?.[1]
}

function pairsIn(reply: string): Attributes {
  const pair = /dict entry\(\n\s+string "([\s\S]*?)"\n\s+string "([\s\S]*?)"\n\s+\)/g
  return Object.fromEntries([...reply.matchAll(pair)].map(([, name = '', value = '']) => [name, value]))
}
