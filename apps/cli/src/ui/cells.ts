// East Asian wide characters and emoji take two cells of a terminal, marks that join the letter before them none.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/
const none = /[\p{Mn}\p{Me}\u200b-\u200d]/u
const picture = /\p{Emoji_Presentation}/u

/** How many cells of a terminal a text takes that has no control characters. */
export function cellsOf(text: string): number {
  let cells = 0
  for (const letter of text) cells += cellsOfLetter(letter)
  return cells
}

/** As much of a text as there are cells for. */
export function cutTo(text: string, cells: number): string {
  let left = cells
  let end = 0
  for (const letter of text) {
    left -= cellsOfLetter(letter)
    if (left < 0) return text.slice(0, end)
    end += letter.length
  }
  return text
}

/** A text in lines of so many cells. */
export function foldTo(text: string, cells: number): string[] {
  const rows: string[] = []
  let rest = text
  do {
    // Even a letter that is wider than the terminal has to go somewhere.
    const row = cutTo(rest, cells) || [...rest].slice(0, 1).join('')
    rows.push(row)
    rest = rest.slice(row.length)
  } while (rest !== '')
  return rows
}

function cellsOfLetter(letter: string): number {
  if (letter >= ' ' && letter <= '~') return 1
  if (none.test(letter)) return 0
  return wide.test(letter) || picture.test(letter) || /[\u{20000}-\u{3fffd}]/u.test(letter) ? 2 : 1
}
