import {
  type BothSides,
  equalFlags,
  type FlagSet,
  type LabelSet,
  noLabels,
  type Side,
  type Window,
} from '@mailtide/contracts'
import fc from 'fast-check'

/** One side's mail as a user edits it, behind the sync's back. Bytes are in wire form. */
export interface LawSide {
  folders(): Promise<readonly string[]>
  createFolder(path: string): Promise<void>
  list(folder: string): Promise<readonly LawMessage[]>
  add(folder: string, mail: LawMail): Promise<void>
  setFlags(folder: string, id: string, flags: FlagSet): Promise<void>
  /** Left out by worlds whose messages have no labels. */
  setLabels?(folder: string, id: string, labels: LabelSet): Promise<void>
  remove(folder: string, id: string): Promise<void>
}

/** A message as it arrives. */
export interface LawMail {
  readonly bytes: Uint8Array
  readonly flags: FlagSet
  readonly receivedAt?: Date
}

/** A message as one side holds it. */
export interface LawMessage {
  readonly id: string
  readonly bytes: Uint8Array
  readonly flags: FlagSet
  readonly labels?: LabelSet
}

/** Two sides and a sync between them. */
export interface LawWorld {
  readonly sides: Readonly<Record<Side, LawSide>>
  /** One run; with a number, it is cut off for good after so many effects. Must not reject for being cut. */
  sync(cutAfter?: number): Promise<void>
  /** From now on, what is new and lies outside is left out. Left out by worlds that have no windows. */
  setWindow?(window: BothSides<Window>): void
  /**
   * Puts a message on both sides, in a folder that both have, and lets another program know that they are one. Only
   * before the first sync. Left out by worlds in which there was no other program.
   */
  inherit?(folder: string, mail: LawMail): Promise<void>
  /** What a dry run says that the next sync would do. */
  planned(): Promise<readonly string[]>
  close(): Promise<void>
}

type Action =
  | {
      readonly kind: 'add'
      readonly sides: readonly Side[]
      readonly folder: number
      readonly flags: string[]
      readonly body: string
      readonly day: number
    }
  | {
      readonly kind: 'inherit'
      readonly folder: number
      readonly flags: string[]
      readonly body: string
      readonly day: number
    }
  | { readonly kind: 'window'; readonly window: BothSides<Window> }
  | {
      readonly kind: 'flag'
      readonly side: Side
      readonly folder: number
      readonly message: number
      readonly flags: string[]
    }
  | {
      readonly kind: 'label'
      readonly side: Side
      readonly folder: number
      readonly message: number
      readonly label: string
      readonly isAdded: boolean
    }
  | { readonly kind: 'remove'; readonly side: Side; readonly folder: number; readonly message: number }
  | { readonly kind: 'folder'; readonly side: Side; readonly name: number }
  | { readonly kind: 'sync'; readonly cutAfter: number | undefined }

/** A random life of a mailbox: mail, edits on both sides, runs cut off after any effect. */
export type History = readonly Action[]

const folderNames = ['INBOX', 'Work', 'Work/Old', 'Entwürfe', 'a b']
const side = fc.constantFrom<Side>('local', 'remote')
const flags = fc.subarray(['\\Seen', '\\Flagged', '\\Answered', '\\Draft'])
const index = fc.nat(7)
// Small and big ones lie well apart: whether line ends count makes no difference to any window.
const body = fc.constantFrom('', 'hi\r\n', 'no end', '\r\n\r\n.\r\n', `${'big '.repeat(100)}\r\n`)
const day = fc.integer({ min: 1, max: 9 })
const dayOf = (number: number) => new Date(Date.UTC(2026, 0, number))
const window = fc.record(
  { since: fc.constantFrom(3, 5, 7).map(dayOf), maxSize: fc.constant(250) },
  { requiredKeys: [] },
)

/**
 * Random histories of up to this many actions. They may begin with what another program left behind, and the windows may
 * become wider and narrower on the way.
 */
export function histories(maxLength: number): fc.Arbitrary<History> {
  const inherited = fc.record({ kind: fc.constant('inherit' as const), folder: index, flags, body, day })
  const action = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        sides: fc.oneof(
          { weight: 5, arbitrary: side.map((one) => [one]) },
          { weight: 1, arbitrary: fc.constant<Side[]>(['local', 'remote']) },
        ),
        folder: index,
        flags,
        body,
        day,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('flag' as const), side, folder: index, message: index, flags }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('label' as const),
        side,
        folder: index,
        message: index,
        label: fc.constantFrom('Lists', 'Two words', 'Gr&APw-n', '\\Important'),
        isAdded: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), side, folder: index, message: index }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('folder' as const), side, name: fc.nat(folderNames.length - 1) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('window' as const),
        window: fc.record({ local: window, remote: window }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('sync' as const), cutAfter: fc.option(fc.nat(40), { nil: undefined }) }),
    },
  )
  const before = fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(inherited, { maxLength: 5 }) },
  )
  return fc.tuple(before, fc.array(action, { maxLength, size: 'max' })).map((parts) => parts.flat())
}

/**
 * The great law: after any history and one whole run both sides agree, the next plan is empty, nothing is doubled,
 * and nothing is missing that no one removed. What always lay outside of the window is where it was, and nowhere else.
 * Throws an error that says what is broken.
 */
export async function expectGreatLaw(world: LawWorld, history: History): Promise<void> {
  const life = createLife(world)
  for (const action of history) await life.live(action)
  life.beforeSync()
  await world.sync()
  life.afterWholeSync()
  const local = await snapshot(world.sides.local)
  const remote = await snapshot(world.sides.remote)
  const serials = new Set([...local.keys(), ...remote.keys(), ...life.added.keys()])
  for (const serial of serials) {
    const here = local.get(serial) ?? []
    const there = remote.get(serial) ?? []
    if (here.length > 1 || there.length > 1)
      throw new Error(`${serial} is doubled: ${here.length} local, ${there.length} remote`)
    const wanted = life.added.get(serial)
    const isAlone = here.length + there.length === 1 && life.mayBeAlone(serial, here.length === 1 ? 'local' : 'remote')
    if (wanted === 'kept' && here.length + there.length < 2 && !isAlone)
      throw new Error(`${serial} is missing: ${here.length} local, ${there.length} remote`)
    if (life.wasNeverInside(serial) && here.length + there.length > 1)
      throw new Error(`${serial} lies outside, and was copied`)
    if (wanted === 'removed' && here.length + there.length > 0)
      throw new Error(`${serial} came back: ${here.length} local, ${there.length} remote`)
    const [mine] = here
    const [theirs] = there
    if (!mine !== !theirs && !isAlone) throw new Error(`${serial} is only on one side`)
    if (!mine || !theirs) continue
    if (mine.folder !== theirs.folder) throw new Error(`${serial} is in ${mine.folder} and in ${theirs.folder}`)
    if (!Buffer.from(mine.bytes).equals(theirs.bytes)) throw new Error(`${serial} differs in its bytes`)
    if (!equalFlags(mine.flags, theirs.flags))
      throw new Error(`${serial} differs in its flags: ${[...mine.flags]} and ${[...theirs.flags]}`)
    const [labels, others] = [mine.labels ?? noLabels, theirs.labels ?? noLabels]
    if (!equalFlags(labels, others))
      throw new Error(`${serial} differs in its labels: ${[...labels]} and ${[...others]}`)
    for (const [label, isWanted] of life.labelsOf(serial)) {
      if (labels.has(label) !== isWanted)
        throw new Error(`${serial} ${isWanted ? 'lost' : 'got back'} its label ${label}`)
    }
  }
  const planned = await world.planned()
  if (planned.length > 0) throw new Error(`the next plan is not empty: ${planned.join(', ')}`)
}

type Fate = 'kept' | 'removed' | 'perhaps'

function createLife(world: LawWorld) {
  const { sides, sync } = world
  let windows: BothSides<Window> = { local: {}, remote: {} }
  let hasSynced = false
  const facts = new Map<string, { readonly size: number; readonly receivedAt: Date }>()
  /** Mail that was put on one side only. */
  const lone = new Map<string, Side>()
  /** Of these: what some run may have copied, and what a whole run must have copied. */
  const onceInside = new Set<string>()
  const surelyCopied = new Set<string>()
  const isInside = (id: string, from: Side) => {
    const { since, maxSize } = windows[from]
    const fact = facts.get(id)
    if (!fact) return true
    return (since === undefined || fact.receivedAt >= since) && (maxSize === undefined || fact.size <= maxSize)
  }
  const beforeSync = () => {
    hasSynced = true
    for (const [id, from] of lone) if (isInside(id, from)) onceInside.add(id)
  }
  const added = new Map<string, Fate>()
  /** Mail put on both sides at once, which is one message only once a sync has seen it so. */
  const uncertain = new Set<string>()
  /** Mail whose copy may have been made, but not recorded, by a run that was cut off; with the side it came from. */
  const perhapsCopied = new Map<string, Side>()
  const unsynced = new Map<string, Side>()
  /** What was last done to a label of a message, and where; undefined where both sides did something meanwhile. */
  const labelled = new Map<string, Map<string, { readonly isAdded: boolean; side: Side | undefined } | undefined>>()
  const afterWholeSync = () => {
    for (const marks of labelled.values()) {
      for (const [label, mark] of marks) {
        if (mark) mark.side = undefined
        else marks.delete(label)
      }
    }
    for (const [id, from] of lone) if (isInside(id, from)) surelyCopied.add(id)
    uncertain.clear()
    for (const memory of [perhapsCopied, unsynced]) {
      for (const id of memory.keys()) if (!lone.has(id) || surelyCopied.has(id)) memory.delete(id)
    }
  }
  let serial = 0
  const pick = async (of: LawSide, folder: number, message: number) => {
    const names = [...(await of.folders())].sort()
    const name = names[folder % Math.max(1, names.length)]
    const messages = name === undefined ? [] : await of.list(name)
    return { name, message: messages[message % Math.max(1, messages.length)] }
  }
  const compose = (text: string) => {
    const id = `serial-${++serial}`
    return { id, bytes: Buffer.from(`Message-ID: <${id}@example.org>\r\nSubject: a mail\r\n\r\n${text}`) }
  }
  return {
    added,
    /** Which labels a message surely has, and which surely not. */
    labelsOf: (id: string) =>
      [...(labelled.get(id) ?? [])].flatMap(([label, mark]) => (mark ? [[label, mark.isAdded] as const] : [])),
    beforeSync,
    afterWholeSync,
    /** Whether a message on this side alone has nothing to do on the other. */
    mayBeAlone: (id: string, on: Side) =>
      !isInside(id, on) && (added.get(id) === 'perhaps' || (lone.has(id) && !surelyCopied.has(id))),
    wasNeverInside: (id: string) => lone.has(id) && !onceInside.has(id),
    async live(action: Action): Promise<void> {
      switch (action.kind) {
        case 'sync':
          beforeSync()
          if (action.cutAfter === undefined) afterWholeSync()
          else for (const [id, from] of unsynced) perhapsCopied.set(id, from)
          return sync(action.cutAfter)
        case 'window':
          if (world.setWindow) windows = action.window
          return world.setWindow?.(windows)
        case 'inherit': {
          if (!world.inherit || hasSynced) return
          const name = folderNames[action.folder % folderNames.length] as string
          for (const each of ['local', 'remote'] as const) await sides[each].createFolder(name)
          const { id, bytes } = compose(action.body)
          await world.inherit(name, { bytes, flags: new Set(action.flags), receivedAt: dayOf(action.day) })
          added.set(id, 'kept')
          return
        }
        case 'folder':
          return sides[action.side].createFolder(folderNames[action.name] as string)
        case 'flag': {
          const { name, message } = await pick(sides[action.side], action.folder, action.message)
          if (name !== undefined && message) await sides[action.side].setFlags(name, message.id, new Set(action.flags))
          return
        }
        case 'label': {
          const on = sides[action.side]
          const { name, message } = await pick(on, action.folder, action.message)
          if (name === undefined || !message || !on.setLabels) return
          const id = serialOf(message.bytes)
          const marks = labelled.get(id) ?? new Map()
          labelled.set(id, marks)
          const before = marks.get(action.label)
          const isContested = marks.has(action.label) && (!before || (before.side ?? action.side) !== action.side)
          // What was agreed on a copy that nobody recorded is not known: it keeps whatever either side has.
          const isLost = !action.isAdded && (perhapsCopied.has(id) || uncertain.has(id))
          marks.set(action.label, isContested || isLost ? undefined : { isAdded: action.isAdded, side: action.side })
          const only = new Set([action.label])
          const labels = message.labels ?? noLabels
          return on.setLabels(name, message.id, action.isAdded ? labels.union(only) : labels.difference(only))
        }
        case 'remove': {
          const { name, message } = await pick(sides[action.side], action.folder, action.message)
          if (name === undefined || !message) return
          const gone = serialOf(message.bytes)
          // If it is there once more, that copy knows nothing of what was done to this one.
          labelled.delete(gone)
          const copyFrom = perhapsCopied.get(gone)
          const isFollowed = !uncertain.has(gone) && (copyFrom === undefined || copyFrom === action.side)
          added.set(gone, isFollowed ? 'removed' : 'perhaps')
          return sides[action.side].remove(name, message.id)
        }
        case 'add': {
          const first = sides[action.sides[0] as Side]
          const { name } = await pick(first, action.folder, 0)
          if (name === undefined) return
          const { id, bytes } = compose(action.body)
          const receivedAt = dayOf(action.day)
          const targets: Side[] = []
          for (const target of action.sides) if ((await sides[target].folders()).includes(name)) targets.push(target)
          if (targets.length > 1) uncertain.add(id)
          unsynced.set(id, targets[0] as Side)
          facts.set(id, { size: bytes.length, receivedAt })
          if (targets.length === 1) lone.set(id, targets[0] as Side)
          for (const target of targets)
            await sides[target].add(name, { bytes, flags: new Set(action.flags), receivedAt })
          added.set(id, 'kept')
        }
      }
    },
  }
}

async function snapshot(of: LawSide): Promise<Map<string, (LawMessage & { readonly folder: string })[]>> {
  const found = new Map<string, (LawMessage & { readonly folder: string })[]>()
  for (const folder of await of.folders()) {
    for (const message of await of.list(folder)) {
      const id = serialOf(message.bytes)
      found.set(id, [...(found.get(id) ?? []), { ...message, folder }])
    }
  }
  return found
}

function serialOf(bytes: Uint8Array): string {
  return /serial-\d+/.exec(Buffer.from(bytes).toString('latin1'))?.[0] ?? 'unknown'
}
