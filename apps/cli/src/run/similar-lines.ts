import type { SimilarFolders } from '@mailtide/folder-rules'
import type { Line } from '../lines/line.ts'
import { type AccountNames, accountSpeaker } from '../lines/names.ts'

/** Warns that some file systems and servers would take these folders for one and the same. */
export function similarLines(names: AccountNames, { side, paths, differOnlyIn }: SimilarFolders): Line[] {
  const difference =
    differOnlyIn === 'case' ? 'upper and lower case' : 'the form of their accents (Unicode NFC and NFD)'
  const place = names.repositories[side].name
  const text = `${paths.map((path) => names.folderName(path)).join(' and ')} in ${place} differ only in ${difference}`
  const hint =
    '  Where that makes no difference, as on macOS, they are one folder. Rename one, or leave it out with folderfilter.'
  return [text, hint].map((line, index) => {
    return { level: 'warning', text: line, speaker: accountSpeaker(names), continues: index > 0 }
  })
}
