import { type Chapter, row, same } from '../row.ts'
import { program } from '../tests.ts'

/** Section 6 of the reference. */
export const interfaces: readonly Chapter[] = [
  {
    title: 'User interfaces',
    rows: [
      row(
        'Lines tell the account, the connection, folders created and synced, messages copied and deleted, flags changed, hooks, and the time taken.',
        'the same words; copies and flags are told by the batch, and a summary ends each account',
        program.eventLines('the lines of a run > in %s'),
        program.eventLines('names the six folders with most changes and sums up the others'),
      ),
      row(
        'ttyui writes to standard error, with a heading whenever another thread speaks.',
        'the same, with the account or folder that speaks',
        program.eventLines('the lines of a run > in %s', 'ttyui'),
        program.run('shows what there is with --info, and syncs nothing'),
      ),
      row(
        'basic writes the same to standard output, without headings, and asks for nothing.',
        same,
        program.commandLine('-u and [general] ui choose the interface'),
        program.eventLines('the lines of a run > in %s', 'basic'),
      ),
      row(
        'quiet tells warnings and errors alone.',
        'the same, to standard error',
        program.run('syncs, quietly on request, and keeps its state to its user'),
        program.eventLines('the lines of a run > in %s', 'quiet'),
      ),
      row(
        'ttyui tells at each minute how long the sleep still is.',
        same,
        program.ttyUi('says at each minute of sleep how many are left'),
      ),
      row(
        'basic and quiet ask for no password: it is an error.',
        same,
        program.recipes('is left alone with --ignore-keyring'),
      ),
      row(
        'The log file has lines YYYY-MM-DD HH:MM:SS LEVEL: text, and begins with version, system and command line.',
        'the same; the values of -k are left out',
        program.run('keeps a log'),
        program.eventLines('the lines of a run > in a log file'),
      ),
      row('Debug lines read [type]: text.', same, program.run('traces the protocol without the password')),
      row(
        'The trace of the protocol may hold passwords and tokens.',
        'it never does',
        program.secrets('a secret > that is an access token is shown nowhere by %s'),
        program.run('traces the protocol without the password'),
      ),
      row(
        'Tracebacks are shown at once only in debug mode.',
        same,
        program.eventLines('shows where in the program an error arose only when asked to'),
      ),
      row(
        'The last 15 debug messages of a thread are shown when it dies.',
        'there are no threads; with -d an error is shown with where in the program it arose',
        program.eventLines('shows where in the program an error arose only when asked to'),
      ),
      row(
        'What a server sends reaches the terminal as it is.',
        'without what could steer it',
        program.eventLines('the lines of a run > in %s'),
      ),
      row(
        'ttyui shows how far it is as i/total, with neither rate nor time.',
        'on a terminal its last line shows rate and time left',
        program.ttyUi('says on the last line of a terminal what is under way'),
        program.progress('knows the rate, and the time left where the end is known'),
      ),
      row(
        'syslog sends everything to syslog, and shows nothing.',
        'the same; warnings and errors are shown where there is no syslog',
        program.syslogUi('sends lines with their severity, and shows nothing'),
        program.syslogUi('does not lose warnings and errors where there is no syslog'),
      ),
      row(
        'Lines of many lines reach syslog as they are.',
        'one line stays one line, and its severity its own',
        program.syslogUi('keeps one line one line, and its severity its own'),
      ),
    ],
  },
  {
    title: 'machineui',
    rows: [
      row(
        'Protocol 7.2.0: a line an event on standard output, severity:command:thread:text, the last two form-urlencoded.',
        same,
        program.machineUi('speaks the protocol 7.2.0 of a run'),
      ),
      row(
        'The banner comes before the first line of the protocol, as it is.',
        same,
        program.machineUi('speaks the protocol 7.2.0 of a run'),
      ),
      row(
        'sleeping tells the seconds of this step and those that remain, every ten seconds, and 0 and 0 at the end.',
        same,
        program.machineUi('tells every ten seconds how long an account still sleeps'),
      ),
      row(
        'getpass names the user, and a line is read from standard input.',
        same,
        program.machineUi('asks for a password by the protocol, and says when it was refused'),
      ),
      row(
        'debugging names what is traced, and callhook tells hooks.',
        same,
        program.machineUi('names what is traced, and tells hooks apart'),
      ),
      row(
        'It ends with 0 whatever failed.',
        'with the exit code of any other interface, which terminate tells too',
        program.interfaces('machineui tells its exit code, and ends with it'),
      ),
    ],
  },
  {
    title: 'blinkenlights',
    rows: [
      row(
        'A banner, the log, and a row for each account with hotkey, time to its next sync and a light for each thread.',
        same,
        program.frame('has a banner, the log, and a row of lights for each account'),
      ),
      row(
        'A digit syncs that account now, q quits gracefully, and a new size is heeded.',
        same,
        program.blinkenlights(
          'wakes the account of a digit, now or when it next goes to sleep, and quits on q and Ctrl-C',
        ),
        program.blinkenlights('draws anew when the size changes'),
      ),
      row(
        'Passwords are asked for in the log, unseen.',
        same,
        program.blinkenlights('asks for a password in the log without showing it, and keys mean nothing meanwhile'),
      ),
      row(
        'At the end the terminal is given back, and errors are repeated on it.',
        same,
        program.blinkenlights('gives the terminal back on %s, and repeats what went wrong'),
      ),
      row(
        'It is missing where curses is.',
        'without a terminal ttyui is used, with a warning',
        program.chooseUi('passes over one that cannot be used here, and says so'),
      ),
    ],
  },
]
