import { type Expression, type RcFile, readExpression } from '@mailtide/config'
import { isTruthy } from '@mailtide/python-host'
import { type Evaluator, isFunction } from '../python/evaluator.ts'
import type { Failures } from './failures.ts'
import type { Sample } from './sample.ts'
import { type Json, toJson } from './to-json.ts'

/** What `[mbnames]` makes of the sample's names. */
export interface MailboxAnswers {
  readonly header?: Json
  readonly sep?: Json
  readonly footer?: Json
  readonly items?: readonly Json[]
}

type Mailbox = { readonly accountname: string; readonly foldername: string; readonly localfolders: string }

/** Evaluates `[mbnames]`: its texts, and a line for each name of the sample in the order of the file. */
export async function dumpMailboxes(
  rc: RcFile,
  sample: Sample,
  evaluator: Evaluator,
  failures: Failures,
): Promise<MailboxAnswers> {
  const texts: Partial<Record<'header' | 'sep' | 'footer', Json>> = {}
  for (const option of ['header', 'sep', 'footer'] as const) {
    const value = await evaluate(option)
    if (value !== undefined) texts[option] = toJson(value)
  }
  const chosen = await choose(sample.names)
  const sorted = chosen && (await sort(chosen))
  const items = sorted && (await format(sorted))
  return { ...texts, ...(items && { items }) }

  async function evaluate(option: string) {
    const expression = readExpression(rc, 'mbnames', option)
    return expression && failures.catching(expression, () => evaluator.evaluate(expression))
  }

  async function choose(names: readonly string[]): Promise<Mailbox[] | undefined> {
    const { account, localfolders } = sample
    const boxes = names.map((foldername) => ({ accountname: account, foldername, localfolders }))
    const expression = readExpression(rc, 'mbnames', 'folderfilter')
    if (expression === undefined) return boxes
    return failures.catching(expression, async () => {
      const callee = await functionOf(expression)
      const wanted = await evaluator.callBatch(
        callee,
        names.map((name) => [account, name]),
      )
      return boxes.filter((_, index) => isTruthy(wanted[index] ?? null))
    })
  }

  async function sort(boxes: readonly Mailbox[]): Promise<readonly Mailbox[] | undefined> {
    const expression = readExpression(rc, 'mbnames', 'sort_keyfunc')
    // UTF-8 sorts as Python does, by code points.
    if (expression === undefined) {
      const bytes = ({ foldername }: Mailbox) => Buffer.from(foldername)
      return boxes.toSorted((a, b) => Buffer.compare(bytes(a), bytes(b)))
    }
    return failures.catching(expression, async () => evaluator.keySort(await functionOf(expression), boxes))
  }

  /** OfflineIMAP fills the template in with Python's own % operator: Python is to do it here too. */
  async function format(boxes: readonly Mailbox[]): Promise<readonly Json[] | undefined> {
    const raw = rc.raw('mbnames', 'peritem')
    if (raw === undefined) return undefined
    const text = `lambda box: ${JSON.stringify(raw.value)} % box`
    const expression = { section: 'mbnames', option: 'peritem', text, origin: raw.origin }
    return failures.catching(expression, async () => {
      return (
        await evaluator.callBatch(
          await functionOf(expression),
          boxes.map((box) => [box]),
        )
      ).map(toJson)
    })
  }

  async function functionOf(expression: Expression) {
    const value = await evaluator.evaluate(expression)
    if (!isFunction(value)) throw new TypeError(`${expression.option} is no function`)
    return value
  }
}
