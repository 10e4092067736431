import { fillTemplate } from './fill-template.ts'
import { compareMailboxes, isPlaced, type Mailbox, type PlacedMailbox, withoutRepeats } from './mailbox.ts'
import { commonRoot } from './notmuch-query.ts'
import { type MailboxFormat, readyLine } from './ready-formats.ts'

interface MailboxList {
  readonly boxes: readonly Mailbox[]
  /** `given` keeps the order of `boxes`, for OfflineIMAP's `sort_keyfunc`. Default: by account, then by folder. */
  readonly order?: 'sorted' | 'given'
  /** Before all. */
  readonly header?: string
  /** Between two mailboxes. */
  readonly sep?: string
  /** After all. */
  readonly footer?: string
}

/** A list as OfflineIMAP's `[mbnames]` describes it. */
export interface TemplateList extends MailboxList {
  /** What stands for each mailbox: a template with `%(accountname)s`, `%(foldername)s`, `%(localfolders)s` and `%%`. */
  readonly peritem: string
  readonly format?: never
}

/** A list for a program; `sep` and `footer` are line ends unless told otherwise. */
export interface ReadyList extends MailboxList {
  readonly format: MailboxFormat
  readonly peritem?: never
  /** The root of notmuch's mail. Default: the deepest directory that holds every account's. */
  readonly mailRoot?: string
}

/** The list of mailboxes as a text, each mailbox once. A list for a program has only those that are directories. */
export function formatMailboxes(list: TemplateList | ReadyList): string {
  const boxes = withoutRepeats(list.boxes)
  if (list.order !== 'given') boxes.sort(compareMailboxes)
  if (list.peritem !== undefined) return join(list, templateItems(list.peritem, boxes))
  const lines = readyLines(list, boxes.filter(isPlaced))
  return join({ sep: '\n', footer: lines.length === 0 ? '' : '\n', ...list }, lines)
}

function templateItems(peritem: string, boxes: readonly Mailbox[]): string[] {
  return boxes.map((box) => fillTemplate(peritem, box))
}

/** Two accounts may lie in one tree: each line once. */
function readyLines({ format, mailRoot }: ReadyList, boxes: readonly PlacedMailbox[]): string[] {
  const root = mailRoot ?? commonRoot(boxes.map(({ localFolders }) => localFolders))
  return [...new Set(boxes.map((box) => readyLine(format, box, root)))]
}

function join({ header = '', sep = '', footer = '' }: Partial<MailboxList>, items: readonly string[]): string {
  return header + items.join(sep) + footer
}
