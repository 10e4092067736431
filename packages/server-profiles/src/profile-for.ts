import type { ServerProfile } from './profile.ts'
import { genericProfile, profiles } from './profiles.ts'
import { type Recognition, recognitions } from './recognition.ts'

/** What a server has shown of itself so far: the more, the surer. All in any case. */
export interface ServerSigns {
  readonly host: string
  readonly capabilities?: Iterable<string>
  readonly greeting?: string
  /** The fields of its answer to ID (RFC 2971), as pairs or as an object. */
  readonly id?: Iterable<readonly [string, string | null]> | Readonly<Record<string, string | null>>
}

type Sign = (recognition: Recognition) => boolean

/**
 * The profile of the server that shows these signs; the generic one if none is known.
 *
 * What a server calls itself in ID counts most, then its greeting, then its capabilities, and the host name least: a name
 * says nothing of what answers behind a proxy, a tunnel or a company's own name.
 */
export function profileFor(signs: ServerSigns): ServerProfile {
  for (const isShown of [idSign(signs.id), greetingSign(signs.greeting), capabilitySign(signs), hostSign(signs.host)]) {
    const found = recognitions.find(isShown)
    if (found) return profiles.find(({ name }) => name === found.name)!
  }
  return genericProfile
}

function idSign(id: ServerSigns['id'] = []): Sign {
  const fields = isIterable(id) ? [...id] : Object.entries(id)
  const texts = fields.flatMap(([key, value]) =>
    value !== null && ['name', 'vendor'].includes(key.toLowerCase()) ? [value.toLowerCase()] : [],
  )
  return ({ ids = [] }) => ids.some((part) => texts.some((text) => text.includes(part)))
}

function greetingSign(greeting = ''): Sign {
  const text = greeting.toLowerCase()
  return ({ greetings = [] }) => greetings.some((part) => text.includes(part))
}

function capabilitySign({ capabilities = [] }: ServerSigns): Sign {
  const offered = new Set([...capabilities].map((name) => name.toLowerCase()))
  return (recognition) => recognition.capabilities?.some((name) => offered.has(name)) ?? false
}

function hostSign(host: string): Sign {
  const name = host.toLowerCase().replace(/\.$/, '')
  return ({ hosts = [] }) =>
    hosts.some((known) => (known.startsWith('.') ? `.${name}`.endsWith(known) : name === known))
}

function isIterable(
  id: NonNullable<ServerSigns['id']>,
): id is Extract<NonNullable<ServerSigns['id']>, Iterable<unknown>> {
  return Symbol.iterator in id
}
