/**
 * A word of mutt's and neomutt's configuration files that is read as exactly this text. In double quotes they expand
 * `$` and backquotes; a backslash takes that from any character, and three octal digits after it stand for an octet.
 */
export function quoteForMutt(text: string): string {
  const escaped = text.replace(/["\\$`]/g, '\\$&').replace(/[\x00-\x1f\x7f]/g, octal)
  return `"${escaped}"`
}

function octal(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
}
