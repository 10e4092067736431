import { type Chapter, row, same } from '../row.ts'
import { imap, others, program } from '../tests.ts'

/** Section 3.10 of the reference. */
export const loggingIn: readonly Chapter[] = [
  {
    title: 'Logging in',
    rows: [
      row(
        'The password is looked for in remotepasseval, remotepass, remotepassfile, ~/.netrc, /etc/netrc, the keyring, and then asked for.',
        'the same, after remotepassprovider',
        program.credentialChain('asks in turn until somebody knows something'),
        program.recipes('a netrc file > comes after the password in the rc file'),
        program.recipes('the keyring of a desktop > is asked %s', 'with nothing said at all'),
      ),
      row(
        'A password that is wrong is never replaced by a prompt.',
        'the same; who knew it is asked once more, as it may have changed',
        program.credentialChain('never replaces a wrong password by that of a source behind it'),
        imap.logIn('a credential > that is refused is asked for once more, and then tried on a new connection'),
      ),
      row(
        'A good password is kept for the whole run.',
        same,
        program.credentialChain('keeps an answer until the server refuses it'),
      ),
      row(
        'ttyui asks for a password without showing it.',
        same,
        program.prompt('reads a line without showing it, and gives the terminal back'),
      ),
      row(
        'Where nobody can be asked it is an error.',
        same,
        program.recipes('is left alone with --ignore-keyring'),
        program.prompt('asks nobody where there is no terminal'),
      ),
      row(
        'The user is looked for in remoteusereval, remoteuser, ~/.netrc and /etc/netrc.',
        'the same; whoever knows the password may know the user',
        program.recipes('a netrc file > tells the user, too'),
        others.netrcProvider('reads ~/.netrc first, and then that of the system, which others may read'),
      ),
      row(
        'Of several netrc entries for one machine only the last can be used.',
        'machine and login decide',
        program.recipes('a netrc file > tells several accounts on one host apart: %s'),
      ),
      row('The default entry of a netrc file counts.', same, others.parseNetrc('reads $why', 'default')),
      row(
        'A ~/.netrc that others may read, or of another owner, is an error.',
        'the same, with what to type',
        program.recipes('a netrc file > has to be for its owner alone, or says what to type'),
        others.netrcProvider('refuses a file of another user'),
      ),
      row(
        'Mechanisms are tried in the order listed, each that the server offers; a failure leads to the next.',
        'the same; a password that was refused is not said again in another way unless both are listed',
        imap.logIn('the mechanisms > keeps to the order it is given'),
        imap.logIn('the mechanisms > goes on to the next when one is refused, but says no password twice'),
      ),
      row(
        'LOGIN is the LOGIN command, and not used under LOGINDISABLED.',
        same,
        imap.logIn('the mechanisms > uses the LOGIN command where it may, and AUTH=LOGIN where it may not'),
      ),
      row(
        'All failed, or none fits: an error that lists what the server offers.',
        same,
        imap.logIn('the mechanisms > says what is missing when there is no way in'),
      ),
      row(
        'GSSAPI needs a package, and is passed over in silence without.',
        same,
        program.kerberos('is none where the package is not installed'),
        imap.logIn('the mechanisms > takes a Kerberos ticket to the end (GSSAPI)'),
      ),
      row(
        'If the one mechanism left declines, it goes on without being logged in, and the next command fails.',
        'an error that says what is missing',
        imap.logIn('a credential > that is missing is an error of its own words'),
      ),
      row(
        'XOAUTH2 is skipped unless a token is configured.',
        same,
        imap.mechanisms('wantedMechanisms > has the strongest first, and only what can be had'),
      ),
      row(
        'XOAUTH2 says user=USER^Aauth=Bearer TOKEN^A^A.',
        same,
        imap.mechanisms('XOAUTH2 > says what the documentation of Gmail says'),
      ),
      row('CRAM-MD5 and PLAIN log in.', same, imap.logIn('%s lets in, and nobody with a wrong secret')),
      row(
        'Access tokens are fetched with the refresh token, and used for half the time that they last.',
        'used until shortly before they expire',
        others.createOAuth2Provider('refreshes, and uses what it got until shortly before it expires'),
      ),
      row(
        'A configured access token is used as it is, and never refreshed.',
        'the same until it is refused, and refreshed then if there is a refresh token',
        others.createOAuth2Provider(
          'answers a configured access token without asking anyone, and refreshes once that is refused',
        ),
      ),
      row(
        'An error of the authorization server ends the account.',
        'the same; it says how to log in again, and exit code 4 tells',
        program.oauth2(
          'access tokens > that cannot be had any more say who has to log in again, and end with their own exit code',
        ),
      ),
      row(
        'There is no way to get the first token, and a refresh token that is replaced is lost.',
        'mailtide login gets it, and what comes in its place is kept',
        program.oauth2(
          'mailtide login > gets tokens in a browser, keeps them for this user alone, and syncs with them',
        ),
        others.createOAuth2Provider('a refresh token that is replaced > is used from then on'),
      ),
      row(
        'Debug output shows tokens and secrets.',
        'no output ever does',
        program.secrets('whether the server takes it: %s'),
        imap.trace('the trace of every way to log in holds no secret in any form'),
      ),
    ],
  },
]
