import { readThroughIni } from './ini-text.ts'
import { type Interpolated, interpolate, referencesIn } from './interpolate.ts'
import type { Origin } from './problem.ts'
import type { ScannedOption, ScannedRc } from './scan-rc.ts'

/** The section whose options every other section falls back to. */
export const defaultSection = 'DEFAULT'

/** An option as it stands: before interpolation, with the place that it comes from. */
export interface RawOption {
  readonly value: string
  readonly origin: Origin
  /** The line of each row of the value, where it was written in a file. */
  readonly rows?: readonly number[]
  /** The section it was found in: the one asked for, or `DEFAULT`. */
  readonly section: string
}

/** The sections and options of an rc file, looked up as ConfigParser looks them up. */
export interface RcFile {
  /** In the order of the file, each once, without `DEFAULT`. */
  readonly sections: readonly { readonly name: string; readonly origin: Origin }[]
  has(section: string): boolean
  /** The options that stand in this very section. */
  own(section: string): readonly string[]
  /** These, and those of `DEFAULT`. */
  optionsOf(section: string): readonly string[]
  raw(section: string, option: string): RawOption | undefined
  /** An option's value after interpolation; undefined if it is set nowhere. */
  get(section: string, option: string): Interpolated | undefined
  /** Whether some value refers to this option by `%(option)s`. */
  isReferredTo(option: string): boolean
}

/** Makes the sections of an rc file out of its lines, overrides applied: they come last and so count. */
export function createRcFile(scanned: ScannedRc, overrides: readonly ScannedOption[] = []): RcFile {
  const all = [...scanned.options, ...overrides]
  const values = readThroughIni(all)
  const places = new Map(all.map((found) => [keyOf(found.section, found.option), found]))
  const sections = new Map(scanned.sections.toReversed().map((section) => [section.name, section]))
  sections.delete(defaultSection)
  const referred = new Set(all.flatMap(({ value }) => (value.includes('%(') ? referencesIn(value) : [])))

  function own(section: string): string[] {
    return [...(values.get(section)?.keys() ?? [])]
  }
  function raw(section: string, option: string): RawOption | undefined {
    for (const place of [section, defaultSection]) {
      const value = values.get(place)?.get(option)
      const found = places.get(keyOf(place, option))
      if (value === undefined || found === undefined) continue
      return { value, origin: found.origin, section: place, ...(found.rows && { rows: found.rows }) }
    }
    return undefined
  }
  return {
    sections: [...sections.values()].toReversed(),
    has: (section) => sections.has(section) || section === defaultSection,
    own,
    optionsOf: (section) => [...new Set([...own(defaultSection), ...own(section)])],
    raw,
    get(section, option) {
      const found = raw(section, option)
      if (found === undefined) return undefined
      // OfflineIMAP reads this one raw: it is a template for percent formatting itself.
      if (section === 'mbnames' && option === 'peritem') return { value: found.value }
      return interpolate(found.value, (name) => raw(section, name)?.value)
    },
    isReferredTo: (option) => referred.has(option),
  }
}

function keyOf(section: string, option: string): string {
  // No section's name holds a line end.
  return `${section}\n${option}`
}
