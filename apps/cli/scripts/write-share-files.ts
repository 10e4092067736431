import { writeFileSync } from 'node:fs'
import { shareFiles } from '../src/share-files.ts'

for (const [name, text] of Object.entries(shareFiles())) {
  writeFileSync(new URL(`../share/${name}`, import.meta.url), text)
}
