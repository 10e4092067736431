export { createMaildirRepository, type MaildirOptions } from './create-maildir-repository.ts'
export { createDirectoryNames, type DirectoryNames } from './directory-name.ts'
export type { InfoSeparator } from './file-name.ts'
export { type MigratedFolder, type MigrationOptions, migrateFolderHashes } from './migrate-folder-hashes.ts'
