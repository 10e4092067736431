import type { AccountConfig, Config } from '@mailtide/config'
import { asMailtideError, type MailtideError } from '@mailtide/contracts'
import type { OAuth2Provider, Tokens } from '@mailtide/credentials-oauth2'
import type { RunFlags } from '../arguments.ts'
import { loginNeeds } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { printable } from '../lines/printable.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { evaluateText } from '../python/text-of.ts'
import { prepare } from '../run/prepare.ts'
import { listenToSignals } from '../run/signals.ts'
import type { Surroundings } from '../run/surroundings.ts'
import { proxied } from './access-tokens.ts'
import { presetOf, settingOf } from './oauth2-settings.ts'
import { openInBrowser } from './open-in-browser.ts'
import { openTokenStore } from './token-stores.ts'

/** What `mailtide login` is asked for. */
export interface LoginFlags {
  readonly account: string
  /** With a code that is typed in elsewhere, for machines without a browser. */
  readonly device: boolean
  /** The port of the loopback address, where the provider wants to know it beforehand. */
  readonly port?: number
}

/** Logs an account in with OAuth 2 and keeps its tokens. */
export async function loginCommand(asked: LoginFlags, flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare({ ...flags, accounts: [asked.account] }, surroundings, 'ttyui')
  if (prepared === undefined) return exitCodes.failed
  const { general, accounts, output } = prepared
  const signals = listenToSignals()
  const evaluator = createEvaluator(flags.python, general.pythonFile, surroundings)
  try {
    const [account] = accounts
    if (account === undefined) return exitCodes.failed
    const tokens = await logIn(account, asked, evaluator, surroundings, signals.stop)
    const place = await keep(account, general, tokens, signals.stop)
    say(`${account.name} is logged in. Its tokens are kept in ${place}.`)
    return exitCodes.done
  } catch (thrown) {
    const error: MailtideError = asMailtideError(thrown, 'account')
    const where = { where: `account ${asked.account}`, showStack: flags.trace.length > 0 }
    for (const line of errorLines(error, where)) output.show(line)
    return exitCodes.failed
  } finally {
    await evaluator.close()
    signals.close()
    output.close()
  }
}

async function logIn(
  account: AccountConfig,
  { device, port }: LoginFlags,
  evaluator: Evaluator,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Tokens> {
  const { logInByBrowser, logInByDevice } = await import('@mailtide/credentials-oauth2')
  const common = {
    account: account.name,
    provider: await providerOf(account, evaluator),
    client: await clientOf(account, evaluator),
    ...(await proxied(account.authProxy)),
  }
  if (device) {
    const show = ({ address, code }: { readonly address: string; readonly code: string }) =>
      say(`Open ${address} on any machine and enter the code ${code}`)
    return logInByDevice({ ...common, show }, signal)
  }
  const open = (address: string) => {
    say(`Allow mailtide to read and write the mail of ${account.name}, at this address:\n\n  ${address}\n`)
    if (!openInBrowser(address, surroundings.environment)) {
      say('No browser was found to open it with. On a machine without one: mailtide login ACCOUNT --device')
    }
  }
  return logInByBrowser({ ...common, open, ...(port !== undefined && { port }) }, signal)
}

async function clientOf({ remote: { name, login } }: AccountConfig, evaluator: Evaluator) {
  const { clientId, clientSecret } = login.oauth2
  const id = (await settingOf(clientId, evaluator)())?.trim()
  if (id === undefined || id === '') {
    throw loginNeeds(
      'oauth2_client_id',
      name,
      'The provider gives out a client id to whoever registers an application.',
    )
  }
  return { id, secret: (await settingOf(clientSecret, evaluator)())?.trim() }
}

async function providerOf({ remote }: AccountConfig, evaluator: Evaluator): Promise<OAuth2Provider> {
  const { oauth2Presets } = await import('@mailtide/credentials-oauth2')
  const { oauth2 } = remote.login
  const host = typeof remote.host === 'string' ? remote.host : await evaluateText(remote.host, evaluator)
  const preset = presetOf(oauth2, host, oauth2Presets)
  const tokenEndpoint = oauth2.requestUrl ?? preset?.tokenEndpoint
  if (tokenEndpoint === undefined) {
    const known = Object.keys(oauth2Presets).join(', ')
    const hint = `Name the provider (oauth2_access_token_provider = oauth2:NAME, one of ${known}), or set the addresses.`
    throw loginNeeds('oauth2_request_url', remote.name, hint)
  }
  return {
    ...preset,
    tokenEndpoint,
    scopes: oauth2.scopes ?? preset?.scopes ?? [],
    ...(oauth2.authorizationUrl !== undefined && { authorizationEndpoint: oauth2.authorizationUrl }),
    ...(oauth2.deviceUrl !== undefined && { deviceEndpoint: oauth2.deviceUrl }),
  }
}

async function keep(
  { name, remote }: AccountConfig,
  { metadata }: Config['general'],
  tokens: Tokens,
  signal: AbortSignal,
): Promise<string> {
  let place = 'a store'
  const store = await openTokenStore(remote.login.oauth2, metadata, {
    kept: (name) => {
      place = name
    },
    passedOver: (name, reason) => say(`Not kept in ${name}: ${reason}`),
  })
  await store.save(name, tokens, signal)
  return place
}

function say(text: string): void {
  process.stdout.write(`${text.split('\n').map(printable).join('\n')}\n`)
}
