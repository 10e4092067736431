import { type BothSides, type FolderPath, otherSide, type Side } from '@mailtide/contracts'
import { answersMissing } from './errors.ts'
import { canonicalName, pathOf, topLevel, withSeparator } from './folder-name.ts'
import type { NamingRules } from './naming-rules.ts'

/** A folder and what the rules of its repository make of it. */
export interface NamedFolder {
  readonly path: FolderPath
  /** As its own repository writes it. */
  readonly name: string
  /** After `nametrans`, still with its own separator; what `FMD5=` is the hash of. As `name` where the rule has none. */
  readonly visibleName: string
  /** Whether `folderfilter` or `folderincludes` lets it be synced. */
  readonly accepted: boolean
  /** Its name on the other side, as that one writes it; undefined if the rules give it none. */
  readonly counterpart: string | undefined
}

/** Asks one side's rules about these names of its own, each rule once. */
export async function nameFolders(
  names: readonly string[],
  side: Side,
  rules: BothSides<NamingRules>,
): Promise<Map<string, NamedFolder>> {
  const own = rules[side]
  const other = rules[otherSide(side)]
  const included = new Set(own.includes?.map((name) => canonicalName(name, own)))
  const asked = names.filter((name) => !included.has(name))
  const answers = await answersOf('folderfilter', side, asked, own.accepts?.bind(own))
  const refused = new Set(asked.filter((_, index) => answers && !answers[index]))
  const counterparts = await counterpartsOf(names, side, rules)
  return new Map(
    names.map((name, index) => {
      const { visible, counterpart } = counterparts[index]!
      const folder = {
        path: pathOf(name, own.separator),
        name,
        visibleName: visible === undefined ? name : topLevel(visible, own.separator),
        accepted: !refused.has(name),
        counterpart: counterpart === undefined ? undefined : canonicalName(counterpart, other),
      }
      return [name, folder]
    }),
  )
}

interface Counterpart {
  readonly visible: string | undefined
  readonly counterpart: string | undefined
}

async function counterpartsOf(
  names: readonly string[],
  side: Side,
  rules: BothSides<NamingRules>,
): Promise<readonly Counterpart[]> {
  const own = rules[side]
  const other = rules[otherSide(side)]
  const outwards = (name: string) => withSeparator(name, own.separator, other.separator)
  if (!own.translate && other.invert) {
    const inverse = await answersOf('nametrans', otherSide(side), names.map(outwards), other.invert.bind(other))
    return names.map((_, index) => {
      const counterpart = inverse?.[index]
      const visible = counterpart && withSeparator(counterpart, other.separator, own.separator)
      return { visible, counterpart }
    })
  }
  const translated = await answersOf('nametrans', side, names, own.translate?.bind(own))
  return names.map((name, index) => {
    const visible = translated ? translated[index] : name
    return { visible, counterpart: visible === undefined ? undefined : outwards(topLevel(visible, own.separator)) }
  })
}

async function answersOf<Answer>(
  option: string,
  side: Side,
  names: readonly string[],
  rule: ((names: readonly string[]) => Promise<readonly Answer[]>) | undefined,
): Promise<readonly Answer[] | undefined> {
  if (!rule || names.length === 0) return undefined
  const answers = await rule(names)
  if (answers.length !== names.length) throw answersMissing(option, side, names.length, answers.length)
  return answers
}
