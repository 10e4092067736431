import { nearest } from './nearest.ts'
import { kindOf, kindsWith, optionIn, optionTable, type SectionKind, sectionTitles } from './option-table.ts'
import type { Problem } from './problem.ts'
import { defaultSection, type RcFile } from './rc-file.ts'

type Finding = Pick<Problem, 'message' | 'hint'>

/** Sections and options that mailtide does not know, with what was probably meant. All are warnings: OfflineIMAP passes over them. */
export function checkNames(rc: RcFile): Problem[] {
  const problems: Problem[] = []
  for (const { name, origin } of rc.sections) {
    const finding = kindOf(name, rc) === undefined ? unknownSection(name) : undefined
    if (finding) problems.push({ severity: 'warning', ...origin, section: name, ...finding })
  }
  for (const section of [defaultSection, ...rc.sections.map(({ name }) => name)]) {
    const kind = kindOf(section, rc)
    if (kind === undefined && section !== defaultSection) continue
    for (const option of rc.own(section)) {
      const finding = rc.isReferredTo(option) ? undefined : unknownOption(section, option, kind)
      const origin = rc.raw(section, option)?.origin
      if (finding && origin) problems.push({ severity: 'warning', ...origin, section, option, ...finding })
    }
  }
  return problems
}

function unknownSection(name: string): Finding {
  if (name.startsWith('ui.')) {
    return { message: `[${name}] is gone from OfflineIMAP and ignored`, hint: 'Delete the section.' }
  }
  const word = /^(account|repository)(?=\s+\S)/i.exec(name)?.[0]
  const title = word && `${word[0]?.toUpperCase()}${word.slice(1).toLowerCase()}`
  const meant = word ? name.replace(word, title ?? '').replace(/\s+/, ' ') : nearest(name, wholeNames(name))
  return {
    message: `[${name}] is no section that mailtide knows, and ignored`,
    hint:
      meant === undefined ? 'Known are [general], [Account NAME] and [Repository NAME].' : `Did you mean [${meant}]?`,
  }
}

function wholeNames(name: string): string[] {
  const rest = /\s(.+)$/.exec(name)?.[1] ?? 'NAME'
  return ['general', 'mbnames', defaultSection, `Account ${rest}`, `Repository ${rest}`]
}

function unknownOption(section: string, option: string, kind: SectionKind | undefined): Finding | undefined {
  const elsewhere = kindsWith(option)
  if (kind === undefined ? elsewhere.length > 0 : optionIn(kind, option) !== undefined) return undefined
  // Without a type nobody can tell which options belong here; the missing type is reported by itself.
  if (kind === 'repository' && elsewhere.some((place) => place === 'maildir' || place === 'imap')) return undefined
  const [place] = elsewhere
  if (place !== undefined) {
    const here = kind === undefined ? `[${section}]` : sectionTitles[kind]
    return {
      message: `${option} says nothing in ${here} and is ignored`,
      hint: `It belongs in ${sectionTitles[place]}.`,
    }
  }
  const near =
    nearest(option, kind === undefined ? allNames() : Object.keys(optionTable[kind])) ?? nearest(option, allNames())
  return {
    message: `${option} is no option that mailtide knows, and ignored`,
    hint: near === undefined ? 'Delete it, or correct its name.' : `Did you mean ${near}?${whereFor(near, kind)}`,
  }
}

function whereFor(option: string, kind: SectionKind | undefined): string {
  const [place] = kindsWith(option)
  const isHere = kind === undefined || optionIn(kind, option) !== undefined
  return isHere || place === undefined ? '' : ` It belongs in ${sectionTitles[place]}.`
}

function allNames(): string[] {
  return Object.values(optionTable).flatMap((group) => Object.keys(group))
}
