import { parseParameters } from '../mime/content-type.ts'
import type { Entity } from '../mime/entity.ts'
import { fieldValue } from '../mime/header.ts'
import { formatNstring, formatString } from '../wire/format.ts'
import { formatEnvelope } from './envelope.ts'

/** BODYSTRUCTURE, or BODY, which is the same without extension data (RFC 3501, 7.4.2). */
export function formatBodyStructure(entity: Entity, options: { readonly extended: boolean }): string {
  const { type, subtype, parameters } = entity.contentType
  const extension = options.extended ? ` ${formatExtension(entity)}` : ''
  if (type === 'multipart' && entity.parts.length > 0) {
    const parts = entity.parts.map((part) => formatBodyStructure(part, options)).join('')
    const tail = options.extended ? ` ${formatParameters(parameters)} ${formatTail(entity)}` : ''
    return `(${parts} ${formatString(subtype.toUpperCase())}${tail})`
  }
  const basic = [
    formatString(type.toUpperCase()),
    formatString(subtype.toUpperCase()),
    formatParameters(parameters),
    formatNstring(fieldValue(entity.fields, 'content-id')),
    formatNstring(fieldValue(entity.fields, 'content-description')),
    formatString((fieldValue(entity.fields, 'content-transfer-encoding') ?? '7bit').toUpperCase()),
    entity.body.length,
  ].join(' ')
  const [inner] = entity.parts
  const message = inner ? ` ${formatEnvelope(inner)} ${formatBodyStructure(inner, options)}` : ''
  const lines = type === 'text' || inner ? ` ${countLines(entity.body)}` : ''
  return `(${basic}${message}${lines}${extension})`
}

function formatExtension(entity: Entity): string {
  return `${formatNstring(fieldValue(entity.fields, 'content-md5'))} ${formatTail(entity)}`
}

/** Disposition, language and location. */
function formatTail({ fields }: Entity): string {
  const disposition = fieldValue(fields, 'content-disposition')
  const kind = disposition && /^[^\s;]+/.exec(disposition)?.[0]
  const formatted = kind
    ? `(${formatString(kind.toUpperCase())} ${formatParameters(parseParameters(disposition))})`
    : 'NIL'
  const rest = ['content-language', 'content-location'].map((name) => formatNstring(fieldValue(fields, name)))
  return [formatted, ...rest].join(' ')
}

function formatParameters(parameters: ReadonlyMap<string, string>): string {
  if (parameters.size === 0) return 'NIL'
  const pairs = [...parameters].map(([name, value]) => `${formatString(name.toUpperCase())} ${formatString(value)}`)
  return `(${pairs.join(' ')})`
}

function countLines(body: Buffer): number {
  let lines = 0
  for (let end = body.indexOf(10); end !== -1; end = body.indexOf(10, end + 1)) lines++
  return lines
}
