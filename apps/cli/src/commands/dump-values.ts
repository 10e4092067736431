import type { Interpolated, RcFile } from '@mailtide/config'

/** Texts by section, then by option. */
export type BySection = Readonly<Record<string, Readonly<Record<string, string>>>>

const faults = {
  syntax: 'InterpolationSyntaxError',
  missing: 'InterpolationMissingOptionError',
  depth: 'InterpolationDepthError',
} as const

/** What stands in an rc file, as Python's ConfigParser reads it. */
export function dumpValues(rc: RcFile): {
  readonly accounts?: readonly string[]
  readonly values: BySection
  readonly valueErrors?: BySection
} {
  const read = rc.sections.map(({ name }) => {
    return [name, rc.optionsOf(name).map((option) => [option, rc.get(name, option)] as const)] as const
  })
  const pick = (choose: (got: Interpolated) => string | undefined) =>
    read.map(([name, options]) => {
      const chosen = options.flatMap(([option, got]) => {
        const text = got && choose(got)
        return text === undefined ? [] : [[option, text] as const]
      })
      return [name, Object.fromEntries(chosen)] as const
    })
  const errors = pick((got) => ('fault' in got ? faults[got.fault] : undefined)).filter(([, options]) => {
    return Object.keys(options).length > 0
  })
  const accounts = rc.get('general', 'accounts')
  return {
    ...(accounts && 'value' in accounts && { accounts: accounts.value.split(',').map((name) => name.trimStart()) }),
    values: Object.fromEntries(pick((got) => ('value' in got ? got.value : undefined))),
    ...(errors.length > 0 && { valueErrors: Object.fromEntries(errors) }),
  }
}
