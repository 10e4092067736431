import type { Interpolated } from './interpolate.ts'
import type { Option } from './option.ts'
import { kindOf, optionIn } from './option-table.ts'
import { parseOption, wantsSomething } from './parse-option.ts'
import type { PathContext } from './paths.ts'
import type { Problem } from './problem.ts'
import type { RawOption, RcFile } from './rc-file.ts'

type Finding = Pick<Problem, 'severity' | 'message' | 'hint'>

/**
 * Every known option of every section: whether its text can be read as its type, whether this version does what it
 * asks for, and whether it holds what was meant for the reader instead (comments, quotes).
 */
export function checkValues(rc: RcFile, context: PathContext): Problem[] {
  const problems: Problem[] = []
  for (const { name: section } of rc.sections) {
    const kind = kindOf(section, rc)
    for (const name of kind === undefined ? [] : rc.optionsOf(section)) {
      const option = kind && optionIn(kind, name)
      const raw = rc.raw(section, name)
      if (option === undefined || raw === undefined) continue
      for (const finding of checkValue(name, option, raw, rc.get(section, name), context)) {
        problems.push({ ...raw.origin, section, option: name, ...finding })
      }
    }
  }
  return problems
}

function checkValue(
  name: string,
  option: Option,
  raw: RawOption,
  got: Interpolated | undefined,
  context: PathContext,
): Finding[] {
  if (option.status === 'inert' || got === undefined) return []
  if (option.status === 'removed') {
    return [{ severity: 'warning', message: `${name} does nothing and is ignored`, hint: 'Delete it.' }]
  }
  if ('fault' in got) return [brokenReference(name, option, got)]
  if (got.value === '' && wantsSomething(option)) {
    return [{ severity: 'warning', message: `${name} is empty and counts as unset`, hint: 'Delete it, or set it.' }]
  }
  const parsed = parseOption(option, got.value, context)
  const comment = strayComment(option, raw.value)
  if ('wrong' in parsed) {
    const hint = comment ? 'A comment needs a line of its own.' : parsed.hint
    return [{ severity: 'error', message: `${name} ${parsed.wrong}`, ...(hint === undefined ? {} : { hint }) }]
  }
  if (comment && typeof parsed.value !== 'string' && typeof parsed.value !== 'object') {
    const message = `what follows ${name} on its line is taken for a comment; OfflineIMAP would stop here`
    return [{ severity: 'warning', message, hint: 'A comment needs a line of its own.' }]
  }
  if (comment) {
    const message = `the value of ${name} holds what looks like a comment, and it counts as part of the value`
    return [{ severity: 'warning', message, hint: 'A comment needs a line of its own.' }]
  }
  if (!isEvaluated(option) && option.type !== 'template' && /^(["']).*\1$/s.test(got.value) && got.value.length > 1) {
    const message = `the quotes around the value of ${name} count as part of it`
    return [{ severity: 'warning', message, hint: 'Leave them out, unless they are meant.' }]
  }
  return []
}

function brokenReference(name: string, option: Option, got: Exclude<Interpolated, { value: string }>): Finding {
  switch (got.fault) {
    case 'syntax':
      return {
        severity: 'error',
        message: `${name} holds a single %`,
        hint: 'Write %% for a percent sign; %(name)s stands for the value of another option.',
      }
    case 'missing': {
      // What follows the percent sign of a password is part of the password.
      const reference = option.type === 'secret' ? 'an option' : `%(${got.name})s`
      return {
        severity: 'error',
        message: `${name} refers to ${reference} that is set neither here nor in [DEFAULT]`,
        hint: 'Set it, or write %% for a percent sign.',
      }
    }
    case 'depth':
      return {
        severity: 'error',
        message: `${name} refers to itself, or through more than ten others`,
        hint: 'Write the value out, or %% for a percent sign.',
      }
  }
}

function isEvaluated({ type }: Option): boolean {
  return type === 'python' || type === 'rule'
}

// A password may well hold " #word"; that a comment follows it shows only in the blank after the sign.
function strayComment(option: Option, value: string): boolean {
  if (isEvaluated(option)) return false
  return (option.type === 'secret' ? /\s[#;]\s/ : /\s[#;]/).test(value)
}
