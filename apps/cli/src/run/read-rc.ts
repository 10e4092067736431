import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { noConfiguration, unreadableConfiguration } from '../errors.ts'
import type { Surroundings } from './surroundings.ts'

/** Where the rc file is looked for: the place that `-c` names, or OfflineIMAP's two. */
export function placesOfRc(named: string | undefined, { home, environment }: Surroundings): string[] {
  if (named !== undefined) return [named.replace(/^~(?=\/|$)/, () => home)]
  const configuration = environment['XDG_CONFIG_HOME'] || join(home, '.config')
  return [join(configuration, 'offlineimap', 'config'), join(home, '.offlineimaprc')]
}

/** Reads the first rc file that there is. */
export function readRc(places: readonly string[]): { readonly file: string; readonly text: string } {
  const file = places.find((place) => existsSync(place))
  if (file === undefined) throw noConfiguration(places)
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) }
  } catch (thrown) {
    throw unreadableConfiguration(file, thrown)
  }
}
