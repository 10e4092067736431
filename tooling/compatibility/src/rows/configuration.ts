import { type Chapter, row, same } from '../row.ts'
import { config, program, python } from '../tests.ts'

const lines = 'scanRc > $why'

/** Sections 2.1 and 2.2 of the reference, and 2.5. */
export const configuration: readonly Chapter[] = [
  {
    title: 'The file',
    rows: [
      row(
        "It is read as Python's ConfigParser reads it.",
        'the same, in every one of the configurations in packages/config/test-cases',
        config.testCases('an rc file as Python reads it > %s'),
      ),
      row(
        'Section names are case-sensitive, blanks in them count, and what follows the last bracket does not.',
        same,
        config.scanRc('takes a section name up to the last bracket, blanks included'),
      ),
      row(
        'The first of = and : divides an option from its value.',
        same,
        config.scanRc(lines, 'the first of = and : divides'),
      ),
      row('Names of options have no case, and may hold blanks.', same, config.scanRc(lines, 'names are lower-cased')),
      row(
        'A line without = or : is an error.',
        'the same, and it names the line',
        config.scanRc('reports every line that is no option, and goes on'),
      ),
      row('A value may be empty.', same, config.scanRc(lines, 'a value may be empty')),
      row('Comments are whole lines that begin with # or ;.', same, config.scanRc(lines, 'comments are whole lines')),
      row(
        'A comment behind a value is a part of it.',
        'the same; it is warned of, and where a number or yes or no is wanted it is dropped',
        config.readConfig('reports > [%s] %s', 'ssl = yes # always'),
        config.readConfig('reports > [%s] %s', 'localfolders = ~/Mail  # here'),
      ),
      row(
        'Deeper lines go on with a value, whatever stands in them.',
        same,
        config.scanRc(lines, 'deeper headers and options are value'),
      ),
      row('Empty lines stay within a value.', same, config.scanRc(lines, 'empty lines stay inside a value')),
      row('Comments within a value are dropped.', same, config.scanRc(lines, 'comments inside a value are dropped')),
      row(
        'An option or a section that stands twice is an error.',
        'a warning with both lines; the last one counts',
        config.scanRc('warns of duplicates, naming the first'),
      ),
      row(
        '%(name)s stands for an option of the same section or of [DEFAULT], %% for a percent sign, and a lone % is an error.',
        'the same, as soon as the value is wanted',
        config.interpolate('interpolate > $text'),
      ),
      row(
        '[DEFAULT] gives every section what it does not say itself.',
        same,
        program.configuration('may say once in [DEFAULT] what holds for all, and refer to it'),
      ),
      row(
        'Yes and no are 1/yes/true/on and 0/no/false/off in any case; anything else is an error.',
        same,
        config.values('parseBoolean > %s is yes'),
        config.values('parseBoolean > %j is neither'),
      ),
      row(
        'Numbers are what int() and float() take.',
        same,
        config.values('parseInteger > %j is %d'),
        config.values('parseNumber > %j is %d'),
      ),
      row(
        'A byte order mark makes the file unreadable, and so does another encoding.',
        'the mark is passed over; a line that is not in UTF-8 is read as Windows-1252, with a warning',
        config.scanRc(lines, 'a byte order mark is passed over'),
        program.readRc('reads what is not in UTF-8 line by line, and says where'),
      ),
      row(
        'Quotes are no syntax.',
        'the same; a warning where they were hardly meant',
        config.scanRc(lines, 'quotes and words are text'),
        config.readConfig('reports > [%s] %s', `sep = "."`),
      ),
      row(
        'A password may hold anything, UTF-8 included, with percent signs doubled.',
        same,
        config.readConfig('keeps a password exactly, and never shows it'),
      ),
      row(
        'Unknown options and sections are ignored in silence.',
        'ignored with a warning that suggests what was meant',
        config.readConfig('reports > [%s] %s', 'remotehots = x'),
        config.readConfig('reports > %s', '[weather]'),
      ),
      row(
        'In paths a tilde is expanded, then variables; what is left is relative to the current directory.',
        'the same; a variable that is not set is an error',
        config.paths('%s becomes %s'),
        program.configuration('has places that are relative to the directory in which mailtide was started'),
        config.readConfig('reports > [%s] %s', 'localfolders = $NOPE/x'),
      ),
      row(
        'Sections [ui.…] of old are ignored.',
        'the same, with a warning',
        config.readConfig('reports > %s', '[ui.Curses.Blinkenlights]'),
      ),
      row(
        'Accounts and repositories are sections [Account NAME] and [Repository NAME].',
        'the same; one that is nearly so gets a suggestion',
        config.readConfig('reports > %s', '[account work]'),
      ),
      row(
        'Two accounts that share a local directory go unnoticed, and mix their mail.',
        'an error, unless each has its own folders there',
        config.readConfig('two accounts that would share a directory'),
      ),
    ],
  },
  {
    title: 'Python values',
    rows: [
      row(
        'The pythonfile is executed once, and all its names can be used, imported ones included.',
        same,
        python.host('knows what the pythonfile defines and imports, and executes it once'),
        python.interpreter('sees every name of the pythonfile, imported ones included'),
      ),
      row(
        'A pythonfile that is missing is an error.',
        'the same, where something needs it',
        program.configuration('names a pythonfile that has to be there'),
      ),
      row(
        're is there for nametrans, folderfilter, folderincludes, foldersort and in [mbnames], and elsewhere only if imported.',
        same,
        python.host('knows re only where it is wanted'),
        python.interpreter('knows re only where it is provided'),
      ),
      row(
        'Rules are evaluated at start-up.',
        'at each sync, so that a daemon sees what changed',
        program.rules('are asked again at each sync, with the pythonfile, as dynamic_folderfilter wants it'),
      ),
      row(
        'remotepasseval is evaluated again until a password worked.',
        'the same; once more when a password that was good is refused',
        program.values('are evaluated anew when the server refuses a password that was good, and kept while it is'),
      ),
      row(
        'User, host and password may be str or bytes.',
        same,
        program.values('tell host, port, user and password, as str or bytes, by %s'),
      ),
      row(
        'A value of another type is an error.',
        'the same, and it names option and line',
        program.values('%s = %s is an error that names its line'),
      ),
      row(
        'The answer of remotepasseval is not trimmed.',
        'a line end at its end goes',
        program.rcPassword('takes bytes, and drops the line end of a program'),
      ),
      row(
        'Lambdas with in, not in, nested re.sub, str methods, dicts and functions of the pythonfile translate and filter.',
        'the same, without Python',
        python.cases('translates and filters folders as OfflineIMAP does'),
        python.differential('expressions come to the same value, or fail with the same exception'),
        python.differential('regular expressions match, split and replace alike'),
      ),
      row(
        'Functions that run gpg, pass, secret-tool, oama, keyring or security tell passwords.',
        'the same, without Python',
        python.programs('may use $about'),
        program.recipes('is read by the function of the ArchWiki, by %s'),
        program.recipes('the keyring of a desktop > is asked %s'),
      ),
      row(
        'Anything else that Python can do.',
        'handed to python3, where there is one; else said, with the way to do without',
        program.autoEvaluator('asks python3 after %s'),
        program.values('need no python3 where the interpreter does, and say what is missing where it does not'),
      ),
      row(
        'A rule that fails ends in a traceback.',
        'an error that names option, line and exception; what a program printed is not shown',
        program.rules('name their line when they fail, by %s'),
        program.values('do not show what a program printed when something fails after it, by %s'),
      ),
    ],
  },
]
