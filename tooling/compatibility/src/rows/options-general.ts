import { option, same } from '../row.ts'
import { config, others, program } from '../tests.ts'

const general = 'general'

/** Options of `[general]`. */
export const generalOptions = [
  option(
    general,
    'metadata',
    same,
    program.signalsAndLocks('of the state are for their user alone, and none tells a process'),
  ),
  option(
    general,
    'accounts',
    'the same; blanks around names are dropped on both sides',
    program.run('goes on with the other accounts when the server of one is away'),
  ),
  option(
    general,
    'maxsyncaccounts',
    same,
    program.commandLine('maxsyncaccounts is how many accounts are synced at once'),
  ),
  option(general, 'ui', same, program.commandLine('-u and [general] ui choose the interface')),
  option(
    general,
    'pythonfile',
    same,
    program.configuration('has a pythonfile whose imports all expressions see'),
    program.rules('are asked again at each sync, with the pythonfile, as dynamic_folderfilter wants it'),
  ),
  option(
    general,
    'socktimeout',
    'the same; 60 seconds unless set, where OfflineIMAP waits for ever',
    program.servers('that keeps silent is given up after socktimeout'),
    config.readConfig('reads a small file with every default filled in', 'socketTimeout: 60'),
  ),
  option(
    general,
    'fsync',
    same,
    config.readConfig('reads what the file says', 'fsync = no'),
    others.writeFiles('writes more files than fit one group'),
  ),
  option(general, 'dry-run', same, program.commandLine('--dry-run and [general] dry-run do the same')),
  option(
    general,
    'ignore-keyring',
    same,
    config.readConfig('nothing for [%s] %s, which asks for nothing more', 'ignore-keyring = yes'),
    program.recipes('is left alone with --ignore-keyring'),
  ),
  option(general, 'update-keyring', same, program.recipes('keeps with --update-keyring what the server took')),
  option(general, 'ignore-readonly', same, program.options('ignore-readonly > = %s')),
  option(
    general,
    'utime_from_header filename_use_mail_timestamp',
    same,
    program.options('[general] gives the defaults of both'),
    config.readConfig('reads what is left out of a sync', 'utime_from_header = yes'),
  ),
]
