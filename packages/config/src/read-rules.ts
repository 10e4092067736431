import type { RepositoryConfig } from './config.ts'
import type { repositoryOptions } from './options-repository.ts'
import { readDay } from './read-day.ts'
import type { SectionReader } from './section-reader.ts'

type RepositoryReader = Pick<SectionReader<typeof repositoryOptions>, 'boolean' | 'expression' | 'text' | 'problem'>

/** Reads what both kinds of repository have. */
export function readRules(name: string, reader: RepositoryReader): RepositoryConfig {
  const nameTranslation = reader.expression('nametrans')
  const folderFilter = reader.expression('folderfilter')
  const folderIncludes = reader.expression('folderincludes')
  const startDate = readDay(reader, 'startdate')
  return {
    name,
    readOnly: reader.boolean('readonly') ?? false,
    createFolders: reader.boolean('createfolders') ?? true,
    syncDeletes: reader.boolean('sync_deletes') ?? true,
    ...(startDate !== undefined && { startDate }),
    ...(nameTranslation && { nameTranslation }),
    ...(folderFilter && { folderFilter }),
    ...(folderIncludes && { folderIncludes }),
  }
}
