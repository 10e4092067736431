import { nearest } from './nearest.ts'
import type { Problem } from './problem.ts'
import { defaultSection } from './rc-file.ts'
import type { ScannedOption, ScannedRc } from './scan-rc.ts'

/**
 * Reads the arguments of `-k`, `[section:]option=value`. Without a section it is `general`; an underscore in a
 * section's name stands for a blank. Problems name the flag without its value, which may be a password.
 */
export function readOverrides(
  overrides: readonly string[],
  scanned: ScannedRc,
): { readonly options: readonly ScannedOption[]; readonly problems: readonly Problem[] } {
  const sections = [defaultSection, 'general', ...scanned.sections.map(({ name }) => name)]
  const options: ScannedOption[] = []
  const problems: Problem[] = []
  for (const text of overrides) {
    const equals = text.indexOf('=')
    const key = equals < 0 ? text : text.slice(0, equals)
    const origin = { file: `-k ${key}` }
    const [, place, name = ''] = /^(?:(.*?):)?([^:]*)$/s.exec(key) ?? []
    if (equals < 0 || name.trim() === '') {
      const hint = 'Write -k section:option=value, for example -k Account_home:autorefresh=5.'
      problems.push({ severity: 'error', ...origin, message: 'this is no option=value', hint })
      continue
    }
    const section = place === undefined ? 'general' : findSection(place, sections)
    if (section === undefined) {
      problems.push({ severity: 'error', ...origin, ...noSuchSection(place ?? '', sections) })
      continue
    }
    options.push({ section, option: name.trim().toLowerCase(), value: text.slice(equals + 1).trim(), origin })
  }
  return { options, problems }
}

function findSection(written: string, sections: readonly string[]): string | undefined {
  const plain = (name: string) => name.replaceAll('_', ' ')
  return sections.find((name) => name === plain(written)) ?? sections.find((name) => plain(name) === plain(written))
}

function noSuchSection(written: string, sections: readonly string[]): Pick<Problem, 'message' | 'hint'> {
  const meant = nearest(written, sections)
  return {
    message: `there is no section [${written.replaceAll('_', ' ')}]`,
    hint:
      meant === undefined
        ? 'Name a section of the file, with underscores for blanks.'
        : `Did you mean ${meant.replaceAll(' ', '_')}?`,
  }
}
