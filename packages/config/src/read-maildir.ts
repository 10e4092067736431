import type { MaildirConfig } from './config.ts'
import { maildirOptions } from './options-repository.ts'
import { createSectionReader, type ReaderContext } from './section-reader.ts'

/** Reads a `[Repository …]` of type Maildir, once {@link checkValues} has read its options. */
export function readMaildir(
  name: string,
  infoSeparator: MaildirConfig['infoSeparator'],
  context: ReaderContext,
): MaildirConfig {
  const reader = createSectionReader(`Repository ${name}`, maildirOptions, context)
  if (!reader.isSet('localfolders')) {
    reader.problem('error', 'localfolders', `[${reader.section}] lacks localfolders`, 'Name the directory of the mail.')
  }
  const separator = reader.text('sep') ?? '.'
  if (separator === '') {
    reader.problem('error', 'sep', 'sep is empty', 'Leave it out for a dot, or set it to / for nested directories.')
  }
  return {
    type: 'Maildir',
    name,
    root: reader.text('localfolders') ?? '',
    separator,
    infoSeparator,
    mtimeFromInternalDate: reader.boolean('mtime-from-internaldate') ?? true,
    readOnly: reader.boolean('readonly') ?? false,
    createFolders: reader.boolean('createfolders') ?? true,
    syncDeletes: reader.boolean('sync_deletes') ?? true,
  }
}
