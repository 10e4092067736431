import { writeFileSync } from 'node:fs'
import { documentOf } from './document.ts'
import { documentPath } from './paths.ts'
import { table } from './table.ts'

writeFileSync(documentPath, documentOf(table))
