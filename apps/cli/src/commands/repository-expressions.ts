import { type Expression, type RcFile, readExpression } from '@mailtide/config'

/** These options in every `[Repository …]` that sets them. */
export function repositoryExpressions(rc: RcFile, options: readonly string[]): Expression[] {
  return rc.sections.flatMap(({ name }) =>
    /^Repository ./.test(name) ? options.flatMap((option) => readExpression(rc, name, option) ?? []) : [],
  )
}
