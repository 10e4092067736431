import { option, same } from '../row.ts'
import { others, program } from '../tests.ts'

const kind = 'mbnames'

/** Options of `[mbnames]`. */
export const mbnamesOptions = [
  option(
    kind,
    'enabled',
    'the same; without it nothing else in the section matters, where OfflineIMAP wants it complete',
    program.mailboxList('lists the local folders that are synced, and keeps the cache of OfflineIMAP'),
    program.mailboxList('is nothing without enabled, whatever else is wrong with it'),
  ),
  option(
    kind,
    'filename',
    'the same; it is replaced in one step, and only if it changed',
    program.mailboxList('is written only if it changed, through a symbolic link too, and keeps its permissions'),
  ),
  option(
    kind,
    'header sep footer',
    same,
    program.mailboxList('asks the functions of the list, and the pythonfile'),
    others.formatMailboxes('a list by template > is what OfflineIMAP writes for mutt'),
  ),
  option(
    kind,
    'peritem',
    'the same: a template, whose quotes are a part of it',
    others.formatMailboxes('reads in a template $why'),
    program.mailboxList('tells of %s once the mail is synced, and ends with 1', 'peritem = %(name)s'),
  ),
  option(
    kind,
    'incremental',
    same,
    program.mailboxList('is written before the hook of its account with incremental, and after all accounts without'),
  ),
  option(
    kind,
    'folderfilter sort_keyfunc',
    same,
    program.mailboxList('asks the functions of the list, and the pythonfile'),
  ),
  option(
    kind,
    'format mailroot',
    'a list for mutt, neomutt, aerc or notmuch without a template',
    program.mailboxList('has a format for %s'),
  ),
]
