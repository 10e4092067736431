/** Text of a manual page: what groff reads as a command, or shows as another sign, is written so that it comes out as it stands. */
export function roff(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '\\': '\\e',
    '-': '\\-',
    "'": '\\(aq',
    '`': '\\(ga',
    '^': '\\(ha',
    '~': '\\(ti',
    '…': '\\&...',
  }
  return text.replace(/[\\'`^~…-]/g, (sign) => signs[sign] ?? sign).replace(/^\./, '\\&.')
}

/** The argument of a macro of a manual page. */
export function roffArgument(text: string): string {
  return `"${roff(text).replaceAll('"', '\\(dq')}"`
}
