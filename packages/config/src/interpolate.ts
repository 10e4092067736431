/** A value with its references replaced, or what is wrong with it. */
export type Interpolated =
  | { readonly value: string }
  | { readonly fault: 'syntax' | 'depth' }
  | { readonly fault: 'missing'; readonly name: string }

const depthLimit = 10
const reference = /^%\(([^)]+)\)s/

/**
 * Replaces `%(name)s` by another option's value and `%%` by a percent sign, as ConfigParser's BasicInterpolation does.
 *
 * `lookUp` answers the uninterpolated value of an option of the same section or of `[DEFAULT]`.
 */
export function interpolate(value: string, lookUp: (name: string) => string | undefined, depth = 1): Interpolated {
  if (depth > depthLimit) return { fault: 'depth' }
  let done = ''
  let rest = value
  for (;;) {
    const percent = rest.indexOf('%')
    if (percent < 0) return { value: done + rest }
    done += rest.slice(0, percent)
    rest = rest.slice(percent)
    if (rest.startsWith('%%')) {
      done += '%'
      rest = rest.slice(2)
      continue
    }
    const found = reference.exec(rest)
    if (found === null) return { fault: 'syntax' }
    const name = (found[1] ?? '').toLowerCase()
    rest = rest.slice(found[0].length)
    const inner = lookUp(name)
    if (inner === undefined) return { fault: 'missing', name }
    const replaced = interpolate(inner, lookUp, depth + 1)
    if ('fault' in replaced) return replaced
    done += replaced.value
  }
}

/** The options that a value refers to. */
export function referencesIn(value: string): string[] {
  return [...value.replaceAll('%%', '').matchAll(/%\(([^)]+)\)s/g)].map((found) => (found[1] ?? '').toLowerCase())
}
