import type { FlagSet, FolderPath, LabelSet, MessageId, Repository } from '@mailtide/contracts'
import type { Mail } from '../mail.ts'

/** A repository of its own for one test, and what a test cannot do to it through the contract. */
export interface BackendUnderTest {
  readonly repository: Repository
  /** Stores a message as another program would, behind the repository's back. The folder exists. */
  add(folder: FolderPath, mail: Mail): Promise<void>
  /** Gives a message exactly these flags, as another program would. */
  setFlags(folder: FolderPath, id: MessageId, flags: FlagSet): Promise<void>
  /** Gives a message exactly these labels, as another program would. Left out by backends without labels. */
  setLabels?(folder: FolderPath, id: MessageId, labels: LabelSet): Promise<void>
  /** Removes a message, as another program would. */
  remove(folder: FolderPath, id: MessageId): Promise<void>
  /** Makes the ids of a folder lose their meaning. Left out: name the reason under `lacks.epochs`. */
  renewEpoch?(folder: FolderPath): Promise<void>
  /** Takes the store's root away. Left out: name the reason under `lacks['removable-root']`. */
  removeRoot?(): Promise<void>
  /** Lets so much time pass that the store can trust its clock; left out where it always can. */
  settle?(): Promise<void>
  /** Ends what `create` began; the repository may be closed already. */
  close(): Promise<void>
}

/** What a backend may lack. */
export type BackendFeature =
  /** Messages that hold octets of value 0. */
  | 'nul'
  | 'empty-message'
  /** Messages whose last line has no end. */
  | 'open-end'
  /** Messages that begin with no header field. */
  | 'headless'
  /** Ids of messages from 2^31 on. */
  | 'great-ids'
  | 'epochs'
  /** The folders above a new one are folders themselves. */
  | 'folders-above'
  | 'removable-root'
  /** What others remove can be read no longer, even before the folder is listed anew. */
  | 'seeing-removals'
  /** `survey` tells folders that did not change. */
  | 'telling-unchanged'
  /** `watch` sees flags that change alone, in every folder. */
  | 'watching-flags'

/** How a backend joins the shared suite. */
export interface BackendSuite {
  create(): Promise<BackendUnderTest>
  /** Asked before each test; the reason is printed with what is skipped. */
  availability?(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>
  /** Whether messages have labels in this backend. */
  readonly labels?: boolean
  /** Features this backend cannot have, each with the reason. */
  readonly lacks?: Readonly<Partial<Record<BackendFeature, string>>>
  /** Why a folder cannot bear this name, if it cannot. */
  refusesName?(segment: string): string | undefined
  /** How many random histories each law tries. Default: 25. */
  readonly runs?: number
}
