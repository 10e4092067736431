import type { MaildirConfig } from './config.ts'
import { generalOptions } from './options-general.ts'
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
  const general = createSectionReader('general', generalOptions, context)
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
    timeFromHeader: reader.boolean('utime_from_header') ?? general.boolean('utime_from_header') ?? false,
    nameTimeFromHeader:
      reader.boolean('filename_use_mail_timestamp') ?? general.boolean('filename_use_mail_timestamp') ?? false,
    restoreAccessTime: reader.boolean('restoreatime') ?? false,
    customFlags: readCustomFlags(reader.section, context),
  }
}

/** Keywords by letter. One keyword under two letters would be set by one and dropped by the other. */
function readCustomFlags(section: string, { rc, file, report }: ReaderContext): ReadonlyMap<string, string> {
  const keywords = new Map<string, string>()
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
    const option = `customflag_${letter}`
    const got = rc.get(section, option)
    const keyword = got && 'value' in got ? got.value.trim() : ''
    if (keyword === '') continue
    const problem = (message: string, hint: string) =>
      report({ severity: 'error', ...(rc.raw(section, option)?.origin ?? { file }), section, option, message, hint })
    // RFC 9051, 9: a keyword is an atom.
    if (!/^[^\s(){%*"\\\]\x00-\x1f\x7f-\uffff]+$/.test(keyword)) {
      problem(`${option} is '${keyword}', which is no keyword of IMAP`, 'Write one word of ASCII, such as $Label1.')
    } else if ([...keywords.values()].includes(keyword)) {
      problem(`${option} is '${keyword}', as another letter is`, 'Give each keyword one letter.')
    } else {
      keywords.set(letter, keyword)
    }
  }
  return keywords
}
