/**
 * The words behind `mailtide` in each command of that name, quotes taken off, in a block for a shell. In a crontab the
 * five fields before a command are passed over.
 */
export function mailtideCommands(code: string, isCrontab = false): string[][] {
  const lines = code.replace(/\\\n\s*/g, ' ').split('\n')
  const commands = lines.flatMap((line) => {
    return commandsOf(isCrontab ? line.replace(/^(?:\S+\s+){5}/, '') : line)
  })
  return commands.flatMap(([program, ...words]) => (program === 'mailtide' ? [words] : []))
}

function commandsOf(line: string): string[][] {
  const commands: string[][] = [[]]
  // A comment, an operator, or a word of plain and quoted parts.
  for (const [token] of line.matchAll(
    /(?<!\S)#.*|&&|\|\||[;|&<>]|(?:[^\s'"\\;|&<>]|'[^']*'|"(?:[^"\\]|\\.)*"|\\.)+/g,
  )) {
    if (token.startsWith('#')) break
    if (/^[;|&<>]/.test(token)) commands.push([])
    else commands.at(-1)?.push(unquoted(token))
  }
  return commands
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) => {
    return single ?? double?.replace(/\\(.)/g, '$1') ?? escaped
  })
}
