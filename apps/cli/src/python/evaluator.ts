import type { Expression } from '@mailtide/config'
import type { HostArgument, HostFunction, HostValue } from '@mailtide/python-host'

/** Who evaluates: `auto` is mailtide itself, and `python3` for what it cannot. */
export type PythonMode = 'auto' | 'builtin' | 'host' | 'off'

/** The modes, as `--python` takes them. */
export const pythonModes: readonly PythonMode[] = ['auto', 'builtin', 'host', 'off']

/**
 * Evaluates the Python of an rc file. The pythonfile is executed once, before the first expression. No error holds a
 * value: it may be a secret.
 */
export interface Evaluator {
  evaluate(expression: Expression): Promise<HostValue>
  /** Calls a function once for each list of arguments. Rejects as a whole if one call fails. */
  callBatch(callee: HostFunction, argumentLists: readonly (readonly HostArgument[])[]): Promise<readonly HostValue[]>
  /** Sorts by a function of two items that answers less than, equal to or more than zero. */
  compareSort<Item extends HostArgument>(callee: HostFunction, items: readonly Item[]): Promise<readonly Item[]>
  /** Sorts by what a function answers for each item. */
  keySort<Item extends HostArgument>(callee: HostFunction, items: readonly Item[]): Promise<readonly Item[]>
  close(): Promise<void>
}

/** The options for which OfflineIMAP has `re` in scope, whether or not the pythonfile imports it. */
export function hasRe({ section, option }: Expression): boolean {
  const wanted =
    section === 'mbnames'
      ? ['folderfilter', 'sort_keyfunc']
      : ['nametrans', 'folderfilter', 'folderincludes', 'foldersort']
  return wanted.includes(option)
}

/** Whether an option's text may be a secret that somebody wrote without quotes. */
export function mayHoldSecret({ option }: Expression): boolean {
  return option === 'remotepasseval' || /^oauth2_.*_eval$/.test(option)
}

/** Where an expression stands, for messages: `nametrans (/home/alex/.offlineimaprc:12)`. */
export function placeOfExpression({ option, origin }: Expression): string {
  return `${option} (${origin.line === undefined ? origin.file : `${origin.file}:${origin.line}`})`
}

/** Whether a value can be called. */
export function isFunction(value: HostValue): value is HostFunction {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'function'
}
