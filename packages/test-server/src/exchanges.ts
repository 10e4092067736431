import { fetched, numberAfter, outcome, sortedFlags, untagged, untilHeard } from './raw-answers.ts'
import type { RawAnswer, RawClient } from './raw-client.ts'

/** Two clients of one user on one server, and an empty mailbox that the first has selected. */
export interface ExchangeWorld {
  readonly first: RawClient
  readonly second: RawClient
  /** A wire name that needs no quotes; further mailboxes may be made below it, with `/`. */
  readonly box: string
}

/** Something that every server has to answer alike. */
export interface Exchange {
  readonly what: string
  readonly run: (world: ExchangeWorld) => Promise<unknown>
  /** What of the answers does not depend on the server. */
  readonly gives: unknown
}

const letter = (subject: string) =>
  Buffer.from(
    `From: Ann <ann@example.org>\r\nSubject: ${subject}\r\nDate: Thu, 1 Jan 2026 10:00:00 +0100\r\n\r\nbody\r\n`,
  )

async function append({ first, box }: ExchangeWorld, ...flags: readonly string[]): Promise<void> {
  for (const [index, list] of flags.entries())
    await first.run(`APPEND ${box} (${list}) `, letter(`letter ${index + 1}`))
}

const flagsOf = async (client: RawClient) => fetched(await client.run('UID FETCH 1:* (FLAGS)'))
const search = (answer: RawAnswer) => untagged(answer, 'SEARCH')

/** What a server does, told by what goes over the wire (RFC 3501 and the extensions named). */
export const exchanges: readonly Exchange[] = [
  {
    what: 'APPEND keeps bytes, flags and date, and tells the UID (RFC 4315)',
    async run({ first, box }) {
      const date = '" 1-Feb-2020 10:00:00 +0100"'
      const answer = await first.run(`APPEND ${box} (\\Seen $Work) ${date} `, letter('x'))
      const row = await first.run('UID FETCH 1 (FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[])')
      const size = row.untagged[0]?.includes(`RFC822.SIZE ${letter('x').length}`)
      const keepsDate = /INTERNALDATE "[ 0]1-Feb-2020 (09:00:00 \+0000|10:00:00 \+0100)"/.test(row.untagged[0] ?? '')
      return [outcome(answer), untagged(answer, 'EXISTS'), fetched(row), size, keepsDate]
    },
    gives: [
      'OK APPENDUID',
      ['1 EXISTS'],
      [{ uid: 1, flags: ['$Work', '\\Seen'], body: letter('x').toString() }],
      true,
      true,
    ],
  },
  {
    what: 'APPEND of several messages gives them UIDs in a row (RFC 3502)',
    async run({ first, box }) {
      const answer = await first.run(
        `APPEND ${box} (\\Seen) `,
        letter('a'),
        ' ',
        letter('b'),
        ' (\\Flagged) ',
        letter('c'),
      )
      return [/APPENDUID \d+ (\S+)\]/.exec(answer.text)?.[1], await flagsOf(first)]
    },
    gives: [
      '1:3',
      [
        { uid: 1, flags: ['\\Seen'] },
        { uid: 2, flags: [] },
        { uid: 3, flags: ['\\Flagged'] },
      ],
    ],
  },
  {
    what: 'APPEND and COPY to no mailbox say that it could be created',
    async run(world) {
      await append(world, '')
      const { first, box } = world
      return [
        outcome(await first.run(`APPEND ${box}/none `, letter('x'))),
        outcome(await first.run(`UID COPY 1 ${box}/none`)),
      ]
    },
    gives: ['NO TRYCREATE', 'NO TRYCREATE'],
  },
  {
    what: 'FETCH of parts of a message gives just them',
    async run(world) {
      await append(world, '')
      const bodies = []
      for (const section of ['HEADER.FIELDS (SUBJECT)', 'HEADER.FIELDS.NOT (SUBJECT FROM)', 'TEXT', '1', 'HEADER']) {
        bodies.push(fetched(await world.first.run(`UID FETCH 1 BODY.PEEK[${section}]`))[0]?.body)
      }
      bodies.push(fetched(await world.first.run('UID FETCH 1 BODY.PEEK[]<6.9>'))[0]?.body)
      bodies.push(fetched(await world.first.run('UID FETCH 1 BODY.PEEK[TEXT]<2.99>'))[0]?.body)
      bodies.push(fetched(await world.first.run('UID FETCH 1 RFC822.HEADER'))[0]?.body)
      return bodies
    },
    gives: [
      'Subject: letter 1\r\n\r\n',
      'Date: Thu, 1 Jan 2026 10:00:00 +0100\r\n\r\n',
      'body\r\n',
      'body\r\n',
      letter('letter 1').subarray(0, -6).toString(),
      'Ann <ann@',
      'dy\r\n',
      letter('letter 1').subarray(0, -6).toString(),
    ],
  },
  {
    what: 'FETCH of a body marks it as read, unless it only peeks or the mailbox was only examined',
    async run(world) {
      await append(world, '', '')
      const { first, box } = world
      await first.run('UID FETCH 1 BODY.PEEK[]')
      const peeked = await flagsOf(first)
      await first.run(`EXAMINE ${box}`)
      await first.run('UID FETCH 1 BODY[]')
      const examined = await flagsOf(first)
      await first.run(`SELECT ${box}`)
      const { flags } = fetched(await first.run('FETCH 2 BODY[TEXT]'))[0] ?? {}
      return [peeked, examined, flags, await flagsOf(first)].flat()
    },
    gives: [
      { uid: 1, flags: [] },
      { uid: 2, flags: [] },
      { uid: 1, flags: [] },
      { uid: 2, flags: [] },
      '\\Seen',
      { uid: 1, flags: [] },
      { uid: 2, flags: ['\\Seen'] },
    ],
  },
  {
    what: 'ENVELOPE and BODY describe a plain message',
    async run(world) {
      await append(world, '')
      const answer = await world.first.run('FETCH 1 ENVELOPE')
      return answer.untagged
    },
    gives: [
      '1 FETCH (ENVELOPE ("Thu, 1 Jan 2026 10:00:00 +0100" "letter 1" (("Ann" NIL "ann" "example.org")) ' +
        '(("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL))',
    ],
  },
  {
    what: 'numbers that are not there are bad, UIDs that are not there are passed over',
    async run(world) {
      const { first } = world
      const empty = [outcome(await first.run('FETCH 1 UID')), outcome(await first.run('UID FETCH 1:* FLAGS'))]
      await append(world, '')
      const beyond = [outcome(await first.run('FETCH 1:2 UID')), outcome(await first.run('UID STORE 7 FLAGS ()'))]
      return [
        ...empty,
        ...beyond,
        fetched(await first.run('UID FETCH 9:* UID')),
        fetched(await first.run('FETCH * UID')),
      ]
    },
    gives: ['BAD', 'OK', 'BAD', 'OK', [{ uid: 1 }], [{ uid: 1 }]],
  },
  {
    what: 'STORE adds, drops and replaces flags, silently if asked',
    async run(world) {
      await append(world, '\\Seen', '')
      const { first } = world
      const added = fetched(await first.run('UID STORE 1:2 +FLAGS (\\Flagged $Work)'))
      const dropped = fetched(await first.run('STORE 1 -FLAGS (\\Seen)'))
      const silent = fetched(await first.run('UID STORE 2 FLAGS.SILENT (\\Draft)'))
      return [added, dropped[0]?.flags, silent, await flagsOf(first)]
    },
    gives: [
      [
        { uid: 1, flags: ['$Work', '\\Flagged', '\\Seen'] },
        { uid: 2, flags: ['$Work', '\\Flagged'] },
      ],
      ['$Work', '\\Flagged'],
      [],
      [
        { uid: 1, flags: ['$Work', '\\Flagged'] },
        { uid: 2, flags: ['\\Draft'] },
      ],
    ],
  },
  {
    what: 'keywords keep the spelling they were first used in, and are announced',
    async run(world) {
      const { first } = world
      await append(world, '')
      const announced = untagged(await first.run('UID STORE 1 +FLAGS ($Work)'), 'PERMANENTFLAGS').length
      await first.run('UID STORE 1 FLAGS ($WORK)')
      return [announced, await flagsOf(first), outcome(await first.run('UID STORE 1 +FLAGS (\\Nonsense)'))]
    },
    gives: [1, [{ uid: 1, flags: ['$Work'] }], 'BAD'],
  },
  {
    what: 'SEARCH finds by flags, dates, sizes, headers, text, numbers and their combinations',
    async run(world) {
      const { first, box } = world
      await first.run(`APPEND ${box} (\\Seen $Work) " 1-Feb-2020 10:00:00 +0000" `, letter('alpha'))
      await first.run(`APPEND ${box} (\\Answered) " 3-Feb-2020 10:00:00 +0000" `, letter(`beta ${'x'.repeat(200)}`))
      await first.run(`APPEND ${box} (\\Deleted) " 5-Feb-2020 10:00:00 +0000" `, letter('gamma'))
      const queries = [
        'ALL',
        'UNSEEN',
        'SEEN',
        'NOT SEEN',
        'DELETED',
        'UNDELETED UNANSWERED',
        'KEYWORD $work',
        'UNKEYWORD $Work',
        'DRAFT',
        'SINCE 3-Feb-2020',
        'BEFORE 3-Feb-2020',
        'ON 3-Feb-2020',
        'SENTON 1-Jan-2026',
        'SENTBEFORE 1-Jan-2026',
        'SENTSINCE 2-Jan-2026',
        'LARGER 200',
        'SMALLER 200',
        'SUBJECT GAMMA',
        'HEADER Subject beta',
        'HEADER X-None ""',
        'FROM ann@',
        'TO ann',
        'BODY body',
        'TEXT alpha',
        'BODY alpha',
        'OR SUBJECT alpha SUBJECT beta',
        '1:2',
        '2:*',
        'UID 2:9',
        'NOT 2',
        'NOT (OR 1 2)',
        '(SEEN ALL) 1',
        'UID 77',
        'CHARSET UTF-8 SUBJECT beta',
      ]
      const found: Record<string, string> = {}
      for (const query of queries)
        found[query] = search(await first.run(`UID SEARCH ${query}`))
          .join()
          .slice(7)
      return found
    },
    gives: {
      ALL: '1 2 3',
      UNSEEN: '2 3',
      SEEN: '1',
      'NOT SEEN': '2 3',
      DELETED: '3',
      'UNDELETED UNANSWERED': '1',
      'KEYWORD $work': '1',
      'UNKEYWORD $Work': '2 3',
      DRAFT: '',
      'SINCE 3-Feb-2020': '2 3',
      'BEFORE 3-Feb-2020': '1',
      'ON 3-Feb-2020': '2',
      'SENTON 1-Jan-2026': '1 2 3',
      'SENTBEFORE 1-Jan-2026': '',
      'SENTSINCE 2-Jan-2026': '',
      'LARGER 200': '2',
      'SMALLER 200': '1 3',
      'SUBJECT GAMMA': '3',
      'HEADER Subject beta': '2',
      'HEADER X-None ""': '',
      'FROM ann@': '1 2 3',
      'TO ann': '',
      'BODY body': '1 2 3',
      'TEXT alpha': '1',
      'BODY alpha': '',
      'OR SUBJECT alpha SUBJECT beta': '1 2',
      '1:2': '1 2',
      '2:*': '2 3',
      'UID 2:9': '2 3',
      'NOT 2': '1 3',
      'NOT (OR 1 2)': '3',
      '(SEEN ALL) 1': '1',
      'UID 77': '',
      'CHARSET UTF-8 SUBJECT beta': '2',
    },
  },
  {
    what: 'SEARCH sums up what it found (RFC 4731)',
    async run(world) {
      await append(world, '', '\\Seen', '', '', '\\Seen', '')
      const results = []
      for (const request of ['(MIN MAX COUNT ALL) UNSEEN', '() UNSEEN', '(COUNT) SEEN', '(MIN MAX) DELETED']) {
        const answer = search(await world.first.run(`UID SEARCH RETURN ${request}`))[0] ?? ''
        results.push(answer.match(/UID|[A-Z]+ [\d:,]+/g)?.sort())
      }
      return results
    },
    gives: [['ALL 1,3:4,6', 'COUNT 4', 'MAX 6', 'MIN 1', 'UID'], ['ALL 1,3:4,6', 'UID'], ['COUNT 2', 'UID'], ['UID']],
  },
  {
    what: 'COPY tells the new UIDs and keeps flags (RFC 4315)',
    async run(world) {
      await append(world, '\\Seen', '$Work', '')
      const { first, box } = world
      await first.run(`CREATE ${box}/target`)
      const copied = await first.run(`UID COPY 1:2 ${box}/target`)
      const nothing = await first.run(`UID COPY 77 ${box}/target`)
      await first.run(`SELECT ${box}/target`)
      return [/COPYUID \d+ (\S+ \S+)\]/.exec(copied.text)?.[1], outcome(nothing), await flagsOf(first)]
    },
    gives: [
      '1:2 1:2',
      'OK',
      [
        { uid: 1, flags: ['\\Seen'] },
        { uid: 2, flags: ['$Work'] },
      ],
    ],
  },
  {
    what: 'MOVE tells the new UIDs before what has gone (RFC 6851)',
    async run(world) {
      await append(world, '', '\\Flagged', '')
      const { first, box } = world
      await first.run(`CREATE ${box}/target`)
      const moved = await first.run(`UID MOVE 1:2 ${box}/target`)
      const told = moved.untagged
        .filter((line) => /COPYUID|EXPUNGE/.test(line))
        .map((line) => line.replace(/COPYUID \d+/, 'COPYUID'))
      const left = await flagsOf(first)
      await first.run(`SELECT ${box}/target`)
      return [told.map((line) => /COPYUID [^\]]*|EXPUNGE/.exec(line)?.[0]), left, await flagsOf(first)]
    },
    gives: [
      ['COPYUID 1:2 1:2', 'EXPUNGE', 'EXPUNGE'],
      [{ uid: 3, flags: [] }],
      [
        { uid: 1, flags: [] },
        { uid: 2, flags: ['\\Flagged'] },
      ],
    ],
  },
  {
    what: 'EXPUNGE removes what is marked; UID EXPUNGE only what is also named (RFC 4315)',
    async run(world) {
      await append(world, '\\Deleted', '', '\\Deleted', '\\Deleted')
      const { first } = world
      const one = untagged(await first.run('UID EXPUNGE 2:3'), 'EXPUNGE')
      const left = await flagsOf(first)
      const rest = untagged(await first.run('EXPUNGE'), 'EXPUNGE').length
      return [one, left.map(({ uid }) => uid), rest, (await flagsOf(first)).map(({ uid }) => uid)]
    },
    gives: [['3 EXPUNGE'], [1, 2, 4], 2, [2]],
  },
  {
    what: 'CLOSE removes without a word, UNSELECT removes nothing (RFC 3691)',
    async run(world) {
      await append(world, '\\Deleted', '')
      const { first, box } = world
      const unselected = await first.run('UNSELECT')
      await first.run(`SELECT ${box}`)
      const kept = (await flagsOf(first)).length
      const closed = await first.run('CLOSE')
      await first.run(`SELECT ${box}`)
      return [outcome(unselected), kept, untagged(closed, 'EXPUNGE'), await flagsOf(first)]
    },
    gives: ['OK', 2, [], [{ uid: 2, flags: [] }]],
  },
  {
    what: 'STATUS and LIST-STATUS count alike (RFC 5819)',
    async run(world) {
      await append(world, '\\Seen', '', '\\Deleted')
      const { second, box } = world
      const items = '(MESSAGES UIDNEXT UNSEEN)'
      const status = untagged(await second.run(`STATUS ${box} ${items}`), 'STATUS')
      const listed = untagged(await second.run(`LIST "" ${box} RETURN (STATUS ${items})`), 'STATUS')
      return [...status, ...listed].map((line) => /\(.*\)/.exec(line)?.[0])
    },
    gives: ['(MESSAGES 3 UIDNEXT 4 UNSEEN 2)', '(MESSAGES 3 UIDNEXT 4 UNSEEN 2)'],
  },
  {
    what: 'HIGHESTMODSEQ moves with every change and stands still without (RFC 7162)',
    async run(world) {
      const { first, second, box } = world
      const highest = async () => numberAfter(await second.run(`STATUS ${box} (HIGHESTMODSEQ)`), 'HIGHESTMODSEQ')
      const values = [await highest()]
      for (const step of ['NOOP', 'APPEND', 'UID STORE 1 +FLAGS (\\Deleted)', 'UID SEARCH ALL', 'EXPUNGE']) {
        if (step === 'APPEND') await append(world, '')
        else await first.run(step)
        values.push(await highest())
      }
      return values.slice(1).map((value, index) => value > values[index]!)
    },
    gives: [false, true, true, false, true],
  },
  {
    what: 'FETCH CHANGEDSINCE gives what changed, with mod-sequences (RFC 7162)',
    async run(world) {
      await append(world, '', '', '')
      const { first } = world
      const since = numberAfter(await first.run(`STATUS ${world.box} (HIGHESTMODSEQ)`), 'HIGHESTMODSEQ')
      await first.run('UID STORE 2 +FLAGS (\\Seen)')
      const answer = await first.run(`UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${since})`)
      return [fetched(answer), numberAfter(answer, 'MODSEQ') > since]
    },
    gives: [[{ uid: 2, flags: ['\\Seen'] }], true],
  },
  {
    what: 'STORE UNCHANGEDSINCE leaves alone what has changed (RFC 7162)',
    async run(world) {
      await append(world, '', '')
      const { first } = world
      const since = numberAfter(await first.run(`STATUS ${world.box} (HIGHESTMODSEQ)`), 'HIGHESTMODSEQ')
      await first.run('UID STORE 2 +FLAGS (\\Seen)')
      const answer = await first.run(`UID STORE 1:2 (UNCHANGEDSINCE ${since}) +FLAGS.SILENT (\\Flagged)`)
      return [
        answer.status,
        /MODIFIED [^\]]*/.exec(answer.text)?.[0],
        numberAfter(answer, 'MODSEQ') > since,
        await flagsOf(first),
      ]
    },
    gives: [
      'OK',
      'MODIFIED 2',
      true,
      [
        { uid: 1, flags: ['\\Flagged'] },
        { uid: 2, flags: ['\\Seen'] },
      ],
    ],
  },
  {
    what: 'SELECT with QRESYNC tells what vanished and what changed since (RFC 7162)',
    async run(world) {
      await append(world, '', '', '', '')
      const { first, second, box } = world
      const selected = await first.run(`SELECT ${box} (CONDSTORE)`)
      const validity = numberAfter(selected, 'UIDVALIDITY')
      const modSeq = numberAfter(selected, 'HIGHESTMODSEQ')
      await first.run('UID STORE 1:3 +FLAGS (\\Deleted)')
      await first.run('UID EXPUNGE 1,3')
      await append(world, '\\Seen')
      await second.run('ENABLE QRESYNC')
      const caughtUp = await second.run(`SELECT ${box} (QRESYNC (${validity} ${modSeq}))`)
      await second.run('UNSELECT')
      const partly = await second.run(`SELECT ${box} (QRESYNC (${validity} ${modSeq} 3:4))`)
      await second.run('UNSELECT')
      const foreign = await second.run(`SELECT ${box} (QRESYNC (${validity + 1n} ${modSeq}))`)
      return [caughtUp, partly, foreign].map((answer) => [untagged(answer, 'VANISHED'), fetched(answer)])
    },
    gives: [
      [
        ['VANISHED (EARLIER) 1,3'],
        [
          { uid: 2, flags: ['\\Deleted'] },
          { uid: 5, flags: ['\\Seen'] },
        ],
      ],
      [['VANISHED (EARLIER) 3'], []],
      [[], []],
    ],
  },
  {
    what: 'with QRESYNC on, EXPUNGE tells UIDs, and FETCH can ask for what vanished (RFC 7162)',
    async run(world) {
      const { first, box } = world
      await first.run('UNSELECT')
      const enabled = untagged(await first.run('ENABLE QRESYNC'), 'ENABLED')
      const modSeq = numberAfter(await first.run(`SELECT ${box}`), 'HIGHESTMODSEQ')
      await append(world, '\\Deleted', '\\Deleted', '')
      const expunged = await first.run('EXPUNGE')
      const since = await first.run(`UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${modSeq} VANISHED)`)
      return [enabled, untagged(expunged, 'VANISHED'), outcome(expunged), untagged(since, 'VANISHED'), fetched(since)]
    },
    gives: [
      ['ENABLED QRESYNC'],
      ['VANISHED 1:2'],
      'OK HIGHESTMODSEQ',
      ['VANISHED (EARLIER) 1:2'],
      [{ uid: 3, flags: [] }],
    ],
  },
  {
    what: 'SELECT with QRESYNC is bad where it was not enabled',
    run: async ({ second, box }) => outcome(await second.run(`SELECT ${box} (QRESYNC (1 1))`)),
    gives: 'BAD',
  },
  {
    what: 'IDLE tells at once what another session does (RFC 2177)',
    async run(world) {
      await append(world, '', '')
      const { first, second, box } = world
      first.send('i1 IDLE\r\n')
      const heard = [(await untilHeard(first, '+')).slice(0, 1)]
      await second.run(`APPEND ${box} `, letter('new'))
      heard.push(await untilHeard(first, 'EXISTS'))
      await second.run(`SELECT ${box}`)
      await second.run('UID STORE 1 +FLAGS.SILENT (\\Flagged \\Deleted)')
      const flags = /FLAGS \(([^)]*)\)/.exec(await untilHeard(first, 'FETCH'))?.[1] ?? ''
      await second.run('EXPUNGE')
      heard.push(await untilHeard(first, 'EXPUNGE'))
      first.send('DONE\r\n')
      return [...heard, sortedFlags(flags), (await untilHeard(first, 'i1')).slice(0, 5)]
    },
    gives: ['+', '* 3 EXISTS', '* 1 EXPUNGE', ['\\Deleted', '\\Flagged'], 'i1 OK'],
  },
  {
    what: 'changes by another session are told with the next command, removals not while numbers are in use',
    async run(world) {
      await append(world, '', '', '')
      const { first, second, box } = world
      await second.run(`SELECT ${box}`)
      await second.run('STORE 1 +FLAGS (\\Deleted)')
      await second.run('EXPUNGE')
      await second.run('UID STORE 3 +FLAGS (\\Seen)')
      const stored = await first.run('STORE 2 +FLAGS.SILENT (\\Answered)')
      const after = await first.run('NOOP')
      return [untagged(stored, 'EXPUNGE'), untagged(after, 'EXPUNGE'), await flagsOf(first)]
    },
    gives: [
      [],
      ['1 EXPUNGE'],
      [
        { uid: 2, flags: ['\\Answered'] },
        { uid: 3, flags: ['\\Seen'] },
      ],
    ],
  },
  {
    what: 'pipelined commands are answered in order',
    async run(world) {
      const { first, box } = world
      const body = letter('pipelined')
      for (let index = 0; index < 20; index++) {
        first.send(`p${index} APPEND ${box} {${body.length}+}\r\n`)
        first.send(body)
        first.send('\r\n')
      }
      first.send('last UID SEARCH ALL\r\n')
      const tags = []
      for (let response = await first.next(); response !== undefined; response = await first.next()) {
        if (!response.startsWith('* ')) tags.push(response.split(' ')[0])
        if (response.startsWith('last ')) break
      }
      return tags
    },
    gives: [...Array.from({ length: 20 }, (_, index) => `p${index}`), 'last'],
  },
  {
    what: 'names are modified UTF-7, and folders come with the one they are in',
    async run({ first, box }) {
      await first.run(`CREATE "${box}/Entw&APw-rfe/R&-D"`)
      const listed = untagged(await first.run(`LIST "" "${box}/*"`), 'LIST')
      const one = untagged(await first.run(`LIST "${box}/" "%"`), 'LIST').length
      const status = outcome(await first.run(`STATUS "${box}/Entw&APw-rfe/R&-D" (MESSAGES)`))
      return [
        listed.map((line) => [/\\Noselect/i.test(line), /[^/]*$/.exec(line.replaceAll('"', ''))?.[0]]),
        one,
        status,
      ]
    },
    gives: [
      [
        [true, 'Entw&APw-rfe'],
        [false, 'R&-D'],
      ],
      1,
      'OK',
    ],
  },
  {
    what: 'CREATE, RENAME and DELETE say what stands in their way',
    async run({ first, box }) {
      const answers = []
      for (const command of [
        `CREATE ${box}/a`,
        `CREATE ${box}/a`,
        `CREATE ${box}/a/b`,
        `RENAME ${box}/a ${box}/c`,
        `RENAME ${box}/none ${box}/d`,
        `RENAME ${box}/c ${box}`,
        `STATUS ${box}/c/b (MESSAGES)`,
        `STATUS ${box}/a (MESSAGES)`,
        `DELETE ${box}/c/b`,
        `DELETE ${box}/none`,
        `SELECT ${box}/none`,
        'DELETE INBOX',
      ])
        answers.push((await first.run(command)).status)
      return answers
    },
    gives: ['OK', 'NO', 'OK', 'OK', 'NO', 'NO', 'OK', 'NO', 'OK', 'NO', 'NO', 'NO'],
  },
  {
    what: 'subscriptions are listed apart',
    async run({ first, box }) {
      await first.run(`CREATE ${box}/one/two`)
      await first.run(`SUBSCRIBE ${box}/one/two`)
      const subscribed = untagged(await first.run(`LSUB "" "${box}/*"`), 'LSUB')
      const parent = untagged(await first.run(`LSUB "" "${box}/%"`), 'LSUB')
      const extended = untagged(await first.run(`LIST (SUBSCRIBED) "" "${box}/*"`), 'LIST')
      await first.run(`UNSUBSCRIBE ${box}/one/two`)
      const none = untagged(await first.run(`LSUB "" "${box}/*"`), 'LSUB')
      const shown = [...subscribed, ...parent, ...extended].map((line) => line.replaceAll('"', '').split('/').at(-1))
      return [shown, /\\Noselect/i.test(parent[0] ?? ''), /\\Subscribed/.test(extended[0] ?? ''), none]
    },
    gives: [['two', 'one', 'two'], true, true, []],
  },
  {
    what: 'what is not understood is bad, and what comes too early as well',
    async run({ first }) {
      const answers = []
      for (const command of [
        'NONSENSE',
        'UID NONSENSE',
        'FETCH',
        'FETCH 0 FLAGS',
        'LOGIN a b',
        'STATUS INBOX',
        'STORE 1',
        'UID',
      ]) {
        answers.push((await first.run(command)).status)
      }
      await first.run('UNSELECT')
      answers.push((await first.run('FETCH 1 FLAGS')).status, (await first.run('NOOP')).status)
      return answers
    },
    gives: ['BAD', 'BAD', 'BAD', 'BAD', 'BAD', 'BAD', 'BAD', 'BAD', 'BAD', 'OK'],
  },
  {
    what: 'NOTIFY tells unasked of what is new in other mailboxes, until NONE is wanted (RFC 5465)',
    async run({ first, second, box }) {
      await second.run(`CREATE ${box}/other`)
      const set = await first.run(`NOTIFY SET (subtree ${box} (MessageNew MessageExpunge))`)
      await second.run(`APPEND ${box}/other `, letter('x'))
      const status = await untilHeard(first, 'STATUS')
      const none = await first.run('NOTIFY NONE')
      return [outcome(set), /MESSAGES 1/.test(status), /UIDNEXT 2/.test(status), outcome(none)]
    },
    gives: ['OK', true, true, 'OK'],
  },
]
