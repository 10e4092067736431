/** The directory of a message with these letters: `cur` once it is seen, else `new`, as OfflineIMAP decides. */
export function partFor(letters: string): 'cur' | 'new' {
  return letters.includes('S') ? 'cur' : 'new'
}
