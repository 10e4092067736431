import { parseArgs } from 'node:util'
import { type ToolName, toolNames } from './tools.ts'

/** What the command line asks for. */
export interface Options {
  readonly messages: number
  readonly repeats: number
  readonly tools: readonly ToolName[]
  /** Where the single measurements go, as JSON. */
  readonly json: string | undefined
}

/** Reads `--messages N --repeats N --tools a,b --json FILE`; throws with a sentence on anything else. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      messages: { type: 'string', default: '2000' },
      repeats: { type: 'string', default: '3' },
      tools: { type: 'string', default: toolNames.join(',') },
      json: { type: 'string' },
    },
  })
  return {
    messages: wholeNumber('messages', values.messages),
    repeats: wholeNumber('repeats', values.repeats),
    tools: values.tools.split(',').map(toolNamed),
    json: values.json,
  }
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} wants a whole number, not ${text}`)
  return Number(text)
}

function toolNamed(text: string): ToolName {
  const name = toolNames.find((known) => known === text)
  if (!name) throw new Error(`--tools knows ${toolNames.join(', ')}, not ${text}`)
  return name
}
