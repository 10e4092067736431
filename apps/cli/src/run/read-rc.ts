import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '@mailtide/config'
import { noConfiguration, unreadableConfiguration } from '../errors.ts'
import { decodeText } from './decode-text.ts'
import type { Surroundings } from './surroundings.ts'

/** Where the rc file is looked for: the place that `-c` names, or OfflineIMAP's two. */
export function placesOfRc(named: string | undefined, { home, environment }: Surroundings): string[] {
  if (named !== undefined) return [named.replace(/^~(?=\/|$)/, () => home)]
  const configuration = environment['XDG_CONFIG_HOME'] || join(home, '.config')
  return [join(configuration, 'offlineimap', 'config'), join(home, '.offlineimaprc')]
}

/** The text of an rc file, and what is odd about the file itself. */
export interface RcText {
  readonly file: string
  readonly text: string
  readonly problems: readonly Problem[]
}

/** Reads the first rc file that there is. */
export function readRc(places: readonly string[]): RcText {
  const file = places.find((place) => existsSync(place))
  if (file === undefined) throw noConfiguration(places)
  try {
    const { text, foreignLine } = decodeText(readFileSync(file))
    return { file, text, problems: foreignLine === undefined ? [] : [foreignText(file, foreignLine)] }
  } catch (thrown) {
    throw unreadableConfiguration(file, thrown)
  }
}

function foreignText(file: string, line: number): Problem {
  const message = 'this line is not in UTF-8; it, and others like it, are read as Western European (Windows-1252)'
  return { severity: 'warning', file, line, message, hint: 'Save the file in UTF-8.' }
}
