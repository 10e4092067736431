import { type Entity, headerEnd, parseEntity } from '../mime/entity.ts'
import { parseHeader } from '../mime/header.ts'
import type { Section } from './fetch-items.ts'

/** The octets of a section; undefined where there is no such part. */
export function sectionOctets(bytes: Buffer, section: Section): Buffer | undefined {
  if (section.part.length === 0) return ofMessage(bytes, section)
  const entity = findPart(parseEntity(bytes), section.part)
  if (!entity) return undefined
  switch (section.what) {
    case 'all':
      return entity.body
    case 'mime':
      return entity.header
    default:
      // RFC 3501, 6.4.5: only a message inside the message has a header and a text of its own.
      return entity.contentType.type === 'message' && entity.parts[0] ? ofMessage(entity.body, section) : undefined
  }
}

// A message is only taken apart as far as it has to be: most fetches are for all of it.
function ofMessage(bytes: Buffer, { what, names }: Section): Buffer | undefined {
  switch (what) {
    case 'all':
      return bytes
    case 'header':
    case 'mime':
      return bytes.subarray(0, headerEnd(bytes))
    case 'text':
      return bytes.subarray(headerEnd(bytes))
    case 'fields':
      return chosenFields(bytes, (name) => names.includes(name))
    case 'other-fields':
      return chosenFields(bytes, (name) => !names.includes(name))
  }
}

function chosenFields(bytes: Buffer, isChosen: (name: string) => boolean): Buffer {
  const fields = parseHeader(bytes.subarray(0, headerEnd(bytes))).filter(({ name }) => isChosen(name))
  return Buffer.from(`${fields.map(({ raw }) => raw).join('')}\r\n`, 'latin1')
}

function findPart(entity: Entity, part: readonly number[]): Entity | undefined {
  let found: Entity | undefined = entity
  for (const [depth, number] of part.entries()) {
    // Numbers count the parts of a multipart; a message inside a message is passed through on the way.
    const inner: Entity | undefined = depth > 0 && found?.contentType.type === 'message' ? found.parts[0] : found
    if (inner?.contentType.type === 'multipart') found = inner.parts[number - 1]
    else found = number === 1 ? inner : undefined
  }
  return found
}
