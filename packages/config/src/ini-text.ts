import { parse } from 'ini'
import type { ScannedOption } from './scan-rc.ts'

/** Options by section, then by name. */
export type OptionsBySection = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * Reads options through the `ini` package: sections that stand twice become one, of equal options the last counts.
 *
 * `ini` speaks another dialect than ConfigParser: it unquotes, cuts at `;` and `#`, makes `true` and `null` something
 * else than text, splits section names at dots, makes lists of `name[]` and drops `__proto__`. So each text goes in
 * written as below, in which none of that can happen, and comes out as it was.
 *
 * | text       | written      |
 * | ---------- | ------------ |
 * | `yes`      | `<yes>`      |
 * | `a.b; "c"` | `<a%002eb%003b %0022c%0022>` |
 */
export function readThroughIni(options: readonly ScannedOption[]): OptionsBySection {
  const lines: string[] = []
  let current: string | undefined
  for (const { section, option, value } of options) {
    if (section !== current) lines.push(`[${write(section)}]`)
    current = section
    lines.push(`${write(option)}=${write(value)}`)
  }
  const sections: [string, unknown][] = Object.entries(parse(lines.join('\n')))
  return new Map(sections.map(([name, found]) => [read(name), optionsIn(found)]))
}

function optionsIn(section: unknown): Map<string, string> {
  const entries = typeof section === 'object' && section !== null ? Object.entries(section) : []
  return new Map(entries.map(([name, value]) => [read(name), read(String(value))]))
}

function write(text: string): string {
  const safe = text.replace(
    /[^A-Za-z0-9 _/:@(),*+'!-]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `<${safe}>`
}

function read(written: string): string {
  if (!written.includes('%')) return written.slice(1, -1)
  return written.slice(1, -1).replace(/%(.{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
}
