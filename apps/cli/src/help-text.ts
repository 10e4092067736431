import { commands, type Flag, flags } from './flags.ts'

/** What `--help` prints. */
export function helpText(): string {
  const rows = Object.values(flags).map((flag) => [usageOf(flag), flag.meaning] as const)
  const width = Math.max(...rows.map(([usage]) => usage.length))
  const also = Object.values(commands).map(({ usage, meaning }) => [`mailtide ${usage}`, meaning] as const)
  const lines = (table: readonly (readonly [string, string])[]) =>
    table.map(([usage, meaning]) => `  ${usage.padEnd(width)}  ${meaning}`)
  return [
    'Usage: mailtide [command] [flags]',
    '',
    'Keeps IMAP accounts and Maildir trees the same. Commands other than a sync:',
    '',
    ...lines(also),
    '',
    'Flags:',
    '',
    ...lines(rows),
    '',
  ].join('\n')
}

/** A flag as typed, with what its argument is called. */
export function usageOf({ names, argument }: Flag): string {
  return argument === undefined ? names.join(', ') : `${names.join(', ')} ${argument}`
}
