import { type Chapter, row, same } from '../row.ts'
import { config, engine, others, program, state } from '../tests.ts'

/** Sections 1.1 to 1.5 of the reference, but for the flags. */
export const running: readonly Chapter[] = [
  {
    title: 'The command line as a whole',
    rows: [
      row(
        'Words without a dash are accepted and ignored.',
        'refused: a word may be a command of mailtide, and else was meant for -a',
        program.arguments('refuses %s', "['home', 'home: no such command"),
      ),
      row(
        'Wrong flags end the program with 2.',
        'the same; every mistake is told at once',
        program.run('ends with 2 for a wrong command line'),
        program.arguments('tells every mistake at once'),
      ),
      row(
        '--info goes before all other modes.',
        same,
        program.commandLine('--info comes before everything else, on standard error'),
      ),
      row(
        'Old dotted names of user interfaces are accepted with a warning: what follows the last dot counts.',
        same,
        program.chooseUi('%j is %s', "'TTY.TTYUI', 'ttyui', 1"),
      ),
      row(
        '--info shows repository and type, host, port, encryption, the words of the server, capabilities, and the text of the rules.',
        'the same, but for the words of the server',
        program.run('shows what there is with --info, and syncs nothing'),
      ),
      row(
        '--info shows each folder with its translated name, and which are disabled.',
        same,
        program.rules('show in --info, with both names and what is disabled'),
      ),
    ],
  },
  {
    title: 'Exit codes',
    rows: [
      row('0 when all went well.', same, program.run('syncs, quietly on request, and keeps its state to its user')),
      row(
        '1 after any error, however far the other accounts came.',
        same,
        program.run('goes on with the other accounts when the server of one is away'),
      ),
      row(
        'Errors are told once more at the end, with tracebacks.',
        'told once, where they arise; where in the program that was is shown with -d',
        program.eventLines('shows where in the program an error arose only when asked to'),
      ),
      row(
        '1 where there is no configuration file.',
        same,
        program.run('says where it looked when there is no rc file'),
      ),
      row(
        '1 for a user interface that there is not.',
        same,
        program.commandLine('-u and [general] ui choose the interface'),
      ),
      row(
        '1 for an unknown account, and nothing is synced, even if others are known.',
        same,
        program.run('stops at an account that is not in the rc file'),
      ),
      row('1 where no account is named at all.', same, config.readConfig('reports > [%s] %s', "'accounts ='")),
      row(
        '2 when nothing failed but a folder had a new UIDVALIDITY.',
        'the same, when it has to be left alone for that',
        program.exitCodes('$why: $code'),
      ),
      row(
        '100 when a thread died of something unexpected.',
        'there are no threads: what is unexpected is an error like others, and 1',
        program.exitCodes('$why: $code', 'fail'),
      ),
      row(
        'Other modes than a sync end with 0 whatever came of them.',
        '1 if they failed',
        program.commandLine(
          '--info comes before everything else, on standard error, and ends with 1 if a server cannot be asked',
        ),
      ),
      row(
        'A refused login ends with 1, as any error.',
        '4 when nothing but logins failed, so that a scheduler can tell',
        program.run('says so when the password is wrong, without showing it'),
      ),
      row(
        'Deletions are never held back.',
        '3 when they are, and nothing failed',
        program.run('holds many deletions back and ends with 3, until they are allowed'),
      ),
    ],
  },
  {
    title: 'Signals',
    rows: [
      row(
        'SIGUSR1 wakes accounts that sleep; a full sync begins.',
        'the same, and without the delay of up to ten seconds',
        program.run('syncs again and again, wakes at SIGUSR1, ends at %s'),
        program.accountLoop('begins with a full sync when woken'),
      ),
      row(
        'SIGUSR1 during a sync cancels the next sleep.',
        same,
        program.signalsAndLocks('SIGUSR1 during a sync makes the next one follow at once'),
      ),
      row(
        'SIGUSR2 and SIGABRT let the sync in progress finish, and end the program then.',
        same,
        program.signals('%s only ends the rounds'),
        program.run('syncs again and again, wakes at SIGUSR1, ends at %s', 'SIGUSR2'),
      ),
      row(
        'SIGTERM, SIGINT and SIGHUP stop the work soon; no hook runs any more; the code is 0 if nothing had failed.',
        same,
        program.signals('%s stops the work and the rounds'),
        program.signalsAndLocks('SIGTERM lets no hook begin any more, and ends with 0'),
      ),
      row('What was stopped goes on in the next run.', same, engine.sync('stops when told to, and goes on from there')),
      row(
        'The third of them ends at once, with 1.',
        same,
        program.signals('the third of them ends the process with 1'),
      ),
      row(
        'SIGQUIT prints the stacks of all threads and aborts.',
        'ends at once by that signal; there are no threads to show',
        program.signalsAndLocks('SIGQUIT ends the program by that signal'),
      ),
      row(
        'With -d thread, a signal dumps stacks.',
        'what each account does is shown all along instead',
        program.commandLine('-d traces the Maildir, or what each account does'),
      ),
    ],
  },
  {
    title: 'Files and locks',
    rows: [
      row(
        'The configuration is $XDG_CONFIG_HOME/offlineimap/config (~/.config if unset or empty), else ~/.offlineimaprc.',
        same,
        program.readRc('is one of two without it, XDG_CONFIG_HOME being %s'),
        program.readRc('takes the first that there is'),
      ),
      row(
        'No file tells the number of the process.',
        same,
        program.signalsAndLocks('of the state are for their user alone, and none tells a process'),
      ),
      row(
        'One lock an account, held during a sync and not while the account sleeps.',
        same,
        program.signalsAndLocks('is free while the account sleeps'),
      ),
      row(
        'With portalocker a second instance waits silently, without limit.',
        'a second one says who is at it since when, and ends with 1',
        program.run('leaves an account alone that another run is at'),
      ),
      row(
        'A lock file without a holder is harmless.',
        'the same, that of OfflineIMAP included',
        program.signalsAndLocks(
          'that was left behind by whoever is gone does not matter, nor does that of OfflineIMAP',
        ),
        others.acquireLock('dies with the process, even by SIGKILL'),
      ),
      row(
        'Units for systemd come with it: a daemon and a timer, for all accounts or for one.',
        same,
        program.systemdUnits('are those of OfflineIMAP under our name'),
        program.systemdUnits('%s starts mailtide with flags that there are'),
      ),
      row(
        'Its two kinds of lock do not exclude each other.',
        'both kinds are seen, and the account is left alone',
        state.lock('is held by a process that used flock'),
        state.lock('is held by a process that used fcntl'),
        program.signalsAndLocks('of OfflineIMAP is respected while it is held'),
      ),
    ],
  },
]
