/** A module that a source file names, and where. */
export interface Import {
  readonly specifier: string
  readonly line: number
}

// A static import or export begins its line, since everything here is formatted; a dynamic one may stand anywhere.
const patterns = [
  /^(?:import|export)\s[\w\s{},*$]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
  /^import\s*['"]([^'"\n]+)['"]/gm,
  /\bimport\(\s*['"]([^'"\n]+)['"]/g,
]

/** Every module that a source imports, statically or not, types included, in the order of their lines. */
export function importsOf(source: string): Import[] {
  const imports = patterns.flatMap((pattern) =>
    [...source.matchAll(pattern)]
      .filter((match) => !isInText(source, match.index))
      .map((match) => ({ specifier: match[1] ?? '', line: lineAt(source, match.index + match[0].length) })),
  )
  return imports.sort((a, b) => a.line - b.line)
}

/** The number of the line that holds this character, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

/** Whether this place is in a comment, or in a string that began on the same line. */
function isInText(source: string, index: number): boolean {
  const before = source.slice(source.lastIndexOf('\n', index - 1) + 1, index)
  const code = before.replace(/(['"`]).*?\1/g, '')
  return /^\s*(?:\*|\/\*)|\/\/|['"`]/.test(code)
}
