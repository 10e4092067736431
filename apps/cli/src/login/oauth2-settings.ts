import type { Expression, OAuth2Config, ProviderChoice } from '@mailtide/config'
import type { Secret } from '@mailtide/contracts'
import type { OAuth2PresetName, OAuth2Provider, Setting } from '@mailtide/credentials-oauth2'
import { noSuchPreset } from '../errors.ts'
import { wrongValue } from '../python/errors.ts'
import { type Evaluator, isFunction } from '../python/evaluator.ts'
import { textIn } from '../python/text-of.ts'

/** The preset whose addresses fill in what the rc file doesn't say, as far as one is named or known by the host. */
export function presetOf(
  { tokenProvider, preset }: OAuth2Config,
  host: string,
  known: Readonly<Record<OAuth2PresetName, OAuth2Provider>>,
): OAuth2Provider | undefined {
  const named = tokenProvider?.name === 'oauth2' ? tokenProvider.argument.trim().toLowerCase() : ''
  if (named !== '' && !isPreset(named, known)) throw noSuchPreset(named, placeOf(tokenProvider), Object.keys(known))
  const found = (isPreset(named, known) ? named : undefined) ?? preset ?? presetOfHost(host)
  return found && known[found]
}

function isPreset(name: string, known: object): name is OAuth2PresetName {
  return Object.hasOwn(known, name)
}

const hosts: readonly (readonly [RegExp, OAuth2PresetName])[] = [
  [/(^|\.)(gmail|googlemail|google)\.com$/, 'gmail'],
  [/(^|\.)(office365|outlook|hotmail|live)\.com$/, 'outlook'],
  [/(^|\.)yahoo\.com$/, 'yahoo'],
  [/(^|\.)fastmail\.com$/, 'fastmail'],
]

function presetOfHost(host: string): OAuth2PresetName | undefined {
  return hosts.find(([pattern]) => pattern.test(host.toLowerCase()))?.[1]
}

function placeOf(choice: ProviderChoice | undefined): string {
  const { option = '', origin } = choice ?? {}
  return origin?.line === undefined ? option : `${option}, ${origin.file}:${origin.line}`
}

/** A setting that is looked up each time: the value of an option, or what an expression comes to by then. */
export function settingOf(value: string | Secret | Expression | undefined, evaluator: Evaluator): Setting {
  if (value === undefined) return () => undefined
  if (typeof value === 'string') return () => value
  if ('reveal' in value) return () => value.reveal()
  return async () => {
    const evaluated = await evaluator.evaluate(value)
    // OfflineIMAP takes None for "there is none".
    if (evaluated === null) return undefined
    const text = textIn(evaluated)
    if (text === undefined || isFunction(evaluated)) throw wrongValue(value, 'a str, bytes or None', evaluated)
    return text
  }
}
