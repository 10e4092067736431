import { MailtideError, type SecretStore } from '@mailtide/contracts'
import { noPlaceForTokens } from './errors.ts'
import { createTokenStore, type TokenStore } from './token-store.ts'
import type { Tokens } from './tokens.ts'

/** A store of secrets, and what people call it: `the GNOME keyring`. */
export interface NamedSecretStore {
  readonly name: string
  readonly store: SecretStore
}

/** Who is told where tokens are. */
export interface PreferredTokenStoreOptions {
  /** Tokens of this account have been saved in the store of this name. */
  readonly onKept?: (account: string, name: string) => void
  /** The store of this name was not used, and why: it is locked, or not there. */
  readonly onPassedOver?: (name: string, reason: string) => void
}

/** Several stores of tokens, as one. */
export interface PreferredTokenStore extends TokenStore {
  /** The name of the store that has tokens of this account; undefined if none has. */
  placeOf(account: string, signal: AbortSignal): Promise<string | undefined>
}

interface Place {
  readonly name: string
  readonly store: SecretStore
  readonly tokens: TokenStore
}

interface Search {
  readonly found?: { readonly place: Place; readonly tokens: Tokens }
  /** The places that can be used, as far as it had to look. */
  readonly usable: readonly Place[]
  /** Places that may have tokens, and did not give them. */
  readonly failures: readonly { readonly place: Place; readonly error: MailtideError }[]
}

/**
 * Keeps tokens in the first of several stores that can be used, and finds them in whichever they are.
 *
 * Tokens are saved where they were found, so that a login that was made while another store was there lives on. A store
 * that cannot be used is passed over; it is asked all the same if no other has the tokens, for it may be locked and be the
 * one that has: then `load` rejects and says so.
 */
export function createPreferredTokenStore(
  stores: readonly NamedSecretStore[],
  { onKept, onPassedOver }: PreferredTokenStoreOptions = {},
): PreferredTokenStore {
  const places: readonly Place[] = stores.map(({ name, store }) => {
    return { name, store, tokens: createTokenStore(store, name) }
  })
  const known = new Map<string, Place>()

  async function search(account: string, signal: AbortSignal): Promise<Search> {
    const usable: Place[] = []
    const closed: Place[] = []
    const failures: { place: Place; error: MailtideError }[] = []
    const look = async (place: Place): Promise<Search['found']> => {
      const tokens = await place.tokens.load(account, signal).catch((thrown) => {
        const error = expected(thrown, signal)
        if (!closed.includes(place) || error.code === 'credentials/locked') failures.push({ place, error })
        return undefined
      })
      if (tokens) known.set(account, place)
      return tokens && { place, tokens }
    }

    for (const place of places) {
      signal.throwIfAborted()
      const reason = await place.store.isUsable(signal)
      if (reason !== undefined) {
        onPassedOver?.(place.name, reason)
        closed.push(place)
        continue
      }
      usable.push(place)
      const found = await look(place)
      if (found) return { found, usable, failures }
    }
    for (const place of closed) {
      const found = await look(place)
      if (found) return { found, usable, failures }
    }
    return { usable, failures }
  }

  async function load(account: string, signal: AbortSignal): Promise<Tokens | undefined> {
    const tokens = await known.get(account)?.tokens.load(account, signal)
    if (tokens) return tokens
    known.delete(account)
    const { found, failures } = await search(account, signal)
    if (!found && failures[0]) throw failures[0].error
    return found?.tokens
  }

  /** Where tokens of this account are found, or else in the first place that takes them. */
  async function saveAnywhere(account: string, tokens: Tokens, signal: AbortSignal): Promise<Place> {
    const { found, usable, failures } = await search(account, signal)
    if (found) {
      await found.place.tokens.save(account, tokens, signal)
      return found.place
    }
    const damaged = failures.filter(({ error }) => error.code === 'credentials/damaged').map(({ place }) => place)
    let failure: MailtideError | undefined
    for (const place of new Set([...damaged, ...usable])) {
      try {
        await place.tokens.save(account, tokens, signal)
        known.set(account, place)
        return place
      } catch (thrown) {
        const error = expected(thrown, signal)
        onPassedOver?.(place.name, error.message)
        failure ??= error
        // What it may have kept of them would be found later, and be old by then.
        await place.tokens.remove(account, signal).catch((also) => expected(also, signal))
      }
    }
    throw failure ?? noPlaceForTokens(account)
  }

  return {
    load,

    async save(account, tokens, signal) {
      const place = known.get(account)
      if (place) await place.tokens.save(account, tokens, signal)
      const { name } = place ?? (await saveAnywhere(account, tokens, signal))
      onKept?.(account, name)
    },

    async remove(account, signal) {
      known.delete(account)
      for (const { name, store, tokens } of places) {
        const reason = await store.isUsable(signal)
        if (reason === undefined) await tokens.remove(account, signal)
        else onPassedOver?.(name, reason)
      }
    },

    async placeOf(account, signal) {
      return (await load(account, signal)) && known.get(account)?.name
    },
  }
}

function expected(thrown: unknown, signal: AbortSignal): MailtideError {
  signal.throwIfAborted()
  if (thrown instanceof MailtideError) return thrown
  throw thrown
}
