import type { Expression, MbnamesConfig } from '@mailtide/config'
import { formatMailboxes, type Mailbox } from '@mailtide/mutt-mailboxes'
import { wrongValue } from '../python/errors.ts'
import { type Evaluator, isFunction } from '../python/evaluator.ts'
import { textIn } from '../python/text-of.ts'
import type { NamedMailbox } from './mailboxes-of.ts'

/** The list of mailboxes as a text: sorted, filled in, between its header and its footer. */
export async function composeList(
  config: MbnamesConfig,
  boxes: readonly Mailbox[],
  evaluator: Evaluator,
): Promise<string> {
  const { items, sortKey } = config
  const around: { header?: string; sep?: string; footer?: string } = {}
  for (const name of ['header', 'sep', 'footer'] as const) {
    const expression = config[name]
    if (expression) around[name] = await evaluateString(expression, evaluator)
  }
  return formatMailboxes({
    ...around,
    ...items,
    ...(sortKey ? { boxes: await sortBy(sortKey, boxes, evaluator), order: 'given' } : { boxes }),
  })
}

/** Every mistake in what a list of mailboxes is made of, where composing it stops at the first. */
export async function mistakesInList(config: MbnamesConfig, evaluator: Evaluator): Promise<unknown[]> {
  const { items, header, sep, footer, folderFilter, sortKey } = config
  const box: Mailbox = { account: 'home', folder: 'INBOX', localFolders: '/home/alex/Mail' }
  const parts = [
    ...[header, sep, footer].map((text) => async () => text && evaluateString(text, evaluator)),
    async () => filterMailboxes(folderFilter, [], evaluator),
    async () => sortKey && sortBy(sortKey, [], evaluator),
    async () => formatMailboxes({ ...items, boxes: [box] }),
  ]
  const mistakes: unknown[] = []
  for (const part of parts) await part().catch((thrown: unknown) => mistakes.push(thrown))
  return mistakes
}

/** Those of an account's mailboxes that `folderfilter` lets into the list. */
export async function filterMailboxes(
  filter: Expression | undefined,
  mailboxes: readonly NamedMailbox[],
  evaluator: Evaluator,
): Promise<Mailbox[]> {
  const boxes = mailboxes.map(({ box }) => box)
  if (filter === undefined) return boxes
  const callee = await evaluateFunction(filter, 'a function of an account and a folder', evaluator)
  const { isTruthy } = await import('@mailtide/python-host')
  const asked = mailboxes.map(({ box, name }) => [box.account, name])
  const answers = await evaluator.callBatch(callee, asked)
  return boxes.filter((_, index) => isTruthy(answers[index] ?? null))
}

async function sortBy(rule: Expression, boxes: readonly Mailbox[], evaluator: Evaluator): Promise<Mailbox[]> {
  const callee = await evaluateFunction(rule, 'a function of a dict', evaluator)
  const items = boxes.map(({ account: accountname, folder: foldername, localFolders }) => {
    return { accountname, foldername, localfolders: localFolders ?? null }
  })
  const sorted = await evaluator.keySort(callee, items)
  return sorted.map(({ accountname, foldername, localfolders }) => {
    return { account: accountname, folder: foldername, localFolders: localfolders ?? undefined }
  })
}

/** As it is: a line end at the end of a footer is meant. */
async function evaluateString(expression: Expression, evaluator: Evaluator): Promise<string> {
  const value = await evaluator.evaluate(expression)
  const text = textIn(value)
  if (text === undefined) throw wrongValue(expression, 'a str', value)
  return text
}

async function evaluateFunction(expression: Expression, wanted: string, evaluator: Evaluator) {
  const value = await evaluator.evaluate(expression)
  if (!isFunction(value)) throw wrongValue(expression, wanted, value)
  return value
}
