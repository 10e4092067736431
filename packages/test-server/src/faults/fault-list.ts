import type { Fault, FaultKind } from './fault.ts'

/** A fault that was added. */
export interface AddedFault {
  /** How many commands it has befallen. */
  readonly hits: number
  /** Takes it back; what it made stall goes on. */
  remove(): void
}

/** The faults of a server, which can be changed while it runs. */
export interface Faults {
  add(fault: Fault): AddedFault
  /** Takes all of them back. */
  clear(): void
}

/** What befalls one command. */
export interface CommandFaults {
  /** The first one of a kind. */
  find<K extends FaultKind['kind']>(kind: K): Of<K> | undefined
  all<K extends FaultKind['kind']>(kind: K): Of<K>[]
  readonly removed: (fault: Fault) => AbortSignal
  readonly isEmpty: boolean
}

type Of<K extends FaultKind['kind']> = Extract<Fault, { kind: K }>

/** The faults as the server asks for them. */
export interface FaultList extends Faults {
  /** Counts this command against every fault that it matches, and answers those that befall it. */
  strike(command: { readonly name: string; readonly text: string; readonly connection: number }): CommandFaults
  /** Likewise for a new connection: the cuts that name no command. */
  strikeConnection(connection: number): CommandFaults
}

interface Entry {
  readonly fault: Fault
  readonly removal: AbortController
  matched: number
  hits: number
}

/** Nothing goes wrong. */
export const noFaults = createCommandFaults([])

/** A list that begins with these faults. */
export function createFaultList(initial: readonly Fault[]): FaultList {
  const entries = new Set<Entry>()

  function hit(matches: (fault: Fault) => boolean): CommandFaults {
    const struck: Entry[] = []
    for (const entry of entries) {
      if (!matches(entry.fault)) continue
      entry.matched++
      if (entry.matched <= (entry.fault.skip ?? 0) || entry.hits >= (entry.fault.times ?? 1)) continue
      entry.hits++
      struck.push(entry)
    }
    return struck.length === 0 ? noFaults : createCommandFaults(struck)
  }

  function add(fault: Fault): AddedFault {
    const entry: Entry = { fault, removal: new AbortController(), matched: 0, hits: 0 }
    entries.add(entry)
    return {
      get hits() {
        return entry.hits
      },
      remove() {
        entries.delete(entry)
        entry.removal.abort()
      },
    }
  }

  for (const fault of initial) add(fault)

  return {
    add,
    clear() {
      for (const entry of entries) entry.removal.abort()
      entries.clear()
    },
    strike: ({ name, text, connection }) =>
      hit((fault) => !isForConnections(fault) && isOn(fault, connection) && isFor(fault, name, text)),
    strikeConnection: (connection) => hit((fault) => isForConnections(fault) && isOn(fault, connection)),
  }
}

function createCommandFaults(entries: readonly Entry[]): CommandFaults {
  const faults = entries.map(({ fault }) => fault)
  const all = <K extends FaultKind['kind']>(kind: K) => faults.filter((fault): fault is Of<K> => fault.kind === kind)
  return {
    all,
    find: (kind) => all(kind)[0],
    removed: (wanted) => entries.find(({ fault }) => fault === wanted)!.removal.signal,
    isEmpty: entries.length === 0,
  }
}

function isForConnections(fault: Fault): boolean {
  return fault.kind === 'cut' && typeof fault.at === 'object' && fault.command === undefined
}

function isOn(fault: Fault, connection: number): boolean {
  return fault.connection === undefined || fault.connection === connection
}

function isFor({ command }: Fault, name: string, text: string): boolean {
  if (typeof command === 'string') return command.toUpperCase() === name
  if (name === 'GREETING') return false
  if (command === undefined) return true
  return typeof command === 'function' ? command(text) : command.test(text)
}
