import type { MaildirConfig } from './config.ts'
import { maildirOptions } from './options-repository.ts'
import { readRules } from './read-rules.ts'
import { createSectionReader, type ReaderContext } from './section-reader.ts'

/** Reads a `[Repository …]` of type Maildir, once {@link checkValues} has read its options. */
export function readMaildir(
  name: string,
  infoSeparator: MaildirConfig['infoSeparator'],
  context: ReaderContext,
): MaildirConfig {
  const reader = createSectionReader(`Repository ${name}`, maildirOptions, context)
  if (!reader.isSet('localfolders') || reader.verbatim('localfolders') === '') {
    reader.problem('error', 'localfolders', `[${reader.section}] lacks localfolders`, 'Name the directory of the mail.')
  }
  const separator = reader.text('sep') ?? '.'
  if (separator === '') {
    reader.problem('error', 'sep', 'sep is empty', 'Leave it out for a dot, or set it to / for nested directories.')
  }
  return {
    ...readRules(name, reader),
    type: reader.text('type') === 'GmailMaildir' ? 'GmailMaildir' : 'Maildir',
    root: reader.text('localfolders') ?? '',
    separator,
    infoSeparator,
    mtimeFromInternalDate: reader.boolean('mtime-from-internaldate') ?? true,
  }
}
