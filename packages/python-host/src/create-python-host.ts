import { expressionFailed, fileFailed, fileMissing, hostClosed, pythonGone } from './errors.ts'
import { decodeValue, type HostArgument, type HostFunction, type HostValue, type WireValue } from './host-value.ts'
import { openPythonChild, type PythonChild, type Request } from './python-child.ts'

/** How Python is started. */
export interface PythonHostOptions {
  /** OfflineIMAP's `pythonfile`: executed once; what it defines and imports is visible to all expressions. */
  readonly pythonFile?: string
  /** Default: `python3`, looked for in the PATH of `environment`. */
  readonly python?: string
  /** The child's whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds that executing the pythonfile, or one request, may take. Default: a minute. */
  readonly timeout?: number
}

/** Where an expression comes from. */
export interface EvaluateOptions {
  /** Whether the module `re` is in scope, as OfflineIMAP has it for some options only. */
  readonly withRe: boolean
  /** What messages call it: `nametrans of Repository work`. */
  readonly origin: string
  /** Whether somebody may have written a secret as it is, without quotes: a name that is unknown is then not repeated. */
  readonly secret?: boolean
}

/**
 * One `python3`, started when it is first asked, and again when it is asked after it ended. Requests are answered in
 * turn. Answers may be secrets and never enter an error; of an exception an error shows class and place, not the text.
 */
export interface PythonHost {
  evaluate(expression: string, options: EvaluateOptions): Promise<HostValue>
  /** Calls a function once for each list of arguments, in one message. Rejects as a whole if one call fails. */
  callBatch(handle: HostFunction, argumentLists: readonly (readonly HostArgument[])[]): Promise<readonly HostValue[]>
  /** Sorts by a function of two items that answers less than, equal to or more than zero (`foldersort`). */
  compareSort<Item extends HostArgument>(handle: HostFunction, items: readonly Item[]): Promise<readonly Item[]>
  /** Sorts by what a function answers for each item (`sort_keyfunc`). */
  keySort<Item extends HostArgument>(handle: HostFunction, items: readonly Item[]): Promise<readonly Item[]>
  /** Resolves once no child is left; one that is at work is ended. Afterwards nothing can be asked. */
  close(): Promise<void>
}

interface KnownFunction {
  readonly child: PythonChild
  readonly id: number
  /** How to get it again from another child; undefined if it was part of something else. */
  readonly expression: string | undefined
  readonly options: EvaluateOptions
}

/** Makes a host; nothing is started yet. */
export function createPythonHost({
  pythonFile,
  python = 'python3',
  environment,
  timeout = 60_000,
}: PythonHostOptions): PythonHost {
  const known = new WeakMap<HostFunction, KnownFunction>()
  let current: PythonChild | undefined
  let isClosed = false
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work)
    turn = Promise.allSettled([result])
    return result
  }

  async function started(): Promise<PythonChild> {
    if (isClosed) throw hostClosed()
    if (current && !current.hasEnded) return current
    current = await openPythonChild(python, environment)
    if (isClosed) {
      await current.close()
      throw hostClosed()
    }
    if (pythonFile !== undefined) await load(current, pythonFile)
    return current
  }

  async function load(child: PythonChild, path: string): Promise<void> {
    const answer = await child.request({ load: path }, `The pythonfile ${path}`, timeout)
    if ('value' in answer) return
    await child.close()
    throw answer.missing ? fileMissing(path) : fileFailed(path, answer, child.stderr())
  }

  async function ask(child: PythonChild, request: Request, { origin, secret }: EvaluateOptions): Promise<WireValue> {
    const answer = await child.request(request, origin, timeout)
    if ('value' in answer) return answer.value
    const { detail: _, ...bare } = answer
    const repeatsExpression = secret && answer.error === 'NameError' && answer.place?.startsWith(`${origin}:`)
    const failure = repeatsExpression ? bare : answer
    throw expressionFailed(origin + calledWith(request, answer.call), failure, child.stderr())
  }

  async function evaluate(expression: string, options: EvaluateOptions): Promise<HostValue> {
    const child = await started()
    const request = { evaluate: expression, re: options.withRe, origin: options.origin }
    const wire = await ask(child, request, options)
    const isWhole = wire !== null && typeof wire === 'object' && 'function' in wire
    return decodeValue(wire, (id) => remember({ child, id, options, expression: isWhole ? expression : undefined }))
  }

  function remember(entry: KnownFunction): HostFunction {
    const handle: HostFunction = Object.freeze({ kind: 'function' })
    known.set(handle, entry)
    return handle
  }

  async function located(handle: HostFunction): Promise<KnownFunction> {
    const child = await started()
    const entry = known.get(handle)
    if (entry?.child === child) return entry
    if (entry?.expression === undefined) throw pythonGone('A function', 'ended since it was made', '')
    const again = await evaluate(entry.expression, entry.options)
    const found = known.get(again as HostFunction)
    if (!found) throw pythonGone(entry.options.origin, 'was started again and has no such function', '')
    known.set(handle, found)
    return found
  }

  async function sorted<Item extends HostArgument>(
    handle: HostFunction,
    items: readonly Item[],
    by: 'compare' | 'key',
  ) {
    const { child, id, options } = await located(handle)
    const request = by === 'compare' ? { compare: id, items } : { key: id, items }
    const positions = (await ask(child, request, options)) as readonly number[]
    return positions.map((position) => items[position]!)
  }

  return {
    evaluate: (expression, options) => inTurn(() => evaluate(expression, options)),
    callBatch: (handle, argumentLists) =>
      inTurn(async () => {
        const { child, id, options } = await located(handle)
        const wire = await ask(child, { call: id, arguments: argumentLists }, options)
        const toFunction = (inner: number) => remember({ child, id: inner, options, expression: undefined })
        return (wire as readonly WireValue[]).map((value) => decodeValue(value, toFunction))
      }),
    compareSort: (handle, items) => inTurn(() => sorted(handle, items, 'compare')),
    keySort: (handle, items) => inTurn(() => sorted(handle, items, 'key')),
    async close() {
      isClosed = true
      await current?.close()
      await turn
    },
  }
}

// Arguments are folder and account names, never secrets.
function calledWith(request: Request, call: number | undefined): string {
  const given = 'call' in request && call !== undefined ? request.arguments[call] : undefined
  return given === undefined ? '' : `, called with ${JSON.stringify(given).slice(0, 200)},`
}
