import type { MbnamesConfig } from './config.ts'
import { mailboxPrograms } from './mailbox-programs.ts'
import { nearest } from './nearest.ts'
import { mbnamesOptions } from './options-general.ts'
import { createSectionReader, type ReaderContext, type SectionReader } from './section-reader.ts'

type MbnamesReader = SectionReader<typeof mbnamesOptions>

/** Reads `[mbnames]`, once {@link checkValues} has read its options; undefined unless it is enabled. */
export function readMbnames(context: ReaderContext): MbnamesConfig | undefined {
  const reader = createSectionReader('mbnames', mbnamesOptions, context)
  if (!context.rc.has('mbnames') || !reader.boolean('enabled')) return undefined
  const items = readItems(reader)
  const header = reader.expression('header')
  const sep = reader.expression('sep')
  const footer = reader.expression('footer')
  const folderFilter = reader.expression('folderfilter')
  const sortKey = reader.expression('sort_keyfunc')
  const wanted =
    'peritem' in items ? (['filename', 'header', 'peritem', 'sep', 'footer'] as const) : ['filename' as const]
  for (const name of wanted) if (!isFilled(reader, name)) reportMissing(reader, name)
  return {
    file: reader.text('filename') ?? '',
    items,
    ...(header && { header }),
    ...(sep && { sep }),
    ...(footer && { footer }),
    incremental: reader.boolean('incremental') ?? false,
    ...(folderFilter && { folderFilter }),
    ...(sortKey && { sortKey }),
  }
}

function readItems(reader: MbnamesReader): MbnamesConfig['items'] {
  const asked = reader.text('format')
  if (asked === undefined || asked === '') return { peritem: reader.text('peritem') ?? '' }
  const format = mailboxPrograms.find((known) => known === asked)
  if (format === undefined) {
    const meant = nearest(asked, mailboxPrograms)
    const hint = meant === undefined ? `There are ${mailboxPrograms.join(', ')}.` : `Did you mean ${meant}?`
    reader.problem('error', 'format', `format is no program that mailtide knows: '${asked}'`, hint)
    return { format: 'mutt' }
  }
  if (isFilled(reader, 'peritem')) {
    const message = 'peritem and format are both set, and peritem says nothing'
    reader.problem('warning', 'peritem', message, 'Delete one of the two.')
  }
  const mailRoot = reader.text('mailroot')
  return { format, ...(mailRoot !== undefined && { mailRoot }) }
}

function isFilled(reader: MbnamesReader, name: keyof typeof mbnamesOptions): boolean {
  return reader.isSet(name) && reader.verbatim(name) !== ''
}

function reportMissing(reader: MbnamesReader, name: 'filename' | 'header' | 'peritem' | 'sep' | 'footer'): void {
  const { example } = mbnamesOptions[name]
  const also = name === 'filename' ? '' : '; or format = mutt in place of header, peritem, sep and footer'
  reader.problem('error', name, `[mbnames] lacks ${name}`, `Write, for example, ${name} = ${example}${also}.`)
}
