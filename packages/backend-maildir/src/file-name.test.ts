import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBaseNames } from './base-names.ts'
import { formatName, isOurName, lettersOf, parseName, peerOf } from './file-name.ts'

const hash = '7e33429f656f1e6e9d79b29c3f82c57e'
const separator = fc.constantFrom(':' as const, '!' as const)
const base = fc
  .oneof(
    fc.string({ minLength: 1 }),
    fc.array(fc.constantFrom('1', '_', '.', ',', ':', '!', '2', 'S', 'U', '=')).map((all) => all.join('')),
  )
  .filter((text) => parseName(text).info === '')

describe('file names', () => {
  it('come apart as they were put together', () => {
    fc.assert(
      fc.property(base, fc.stringMatching(/^[A-Za-z]{0,6}$/), separator, (text, letters, infoSeparator) => {
        const { base: found, info } = parseName(formatName(text, letters, infoSeparator))
        expect(found).toBe(text)
        expect(lettersOf(info)).toBe(letters)
      }),
    )
  })

  it.each([
    { why: "OfflineIMAP's", name: `1795384006_2.22562.vm,U=4,FMD5=${hash}:2,Sx`, letters: 'Sx', peer: '4' },
    { why: 'with an exclamation mark', name: `1795384006_2.22562.vm,U=4,FMD5=${hash}!2,FS`, letters: 'FS', peer: '4' },
    {
      why: 'of a folder it was moved from',
      name: '1_2.3.vm,U=4,FMD5=00000000000000000000000000000000:2,S',
      letters: 'S',
    },
    { why: 'without FMD5', name: '1795384006_2.22562.vm,U=4:2,S', letters: 'S' },
    { why: "a delivery agent's", name: '1600000000.M1P2.host', letters: '' },
    { why: "Dovecot's", name: '1600000000.M1P2.host,S=12,W=13:2,RSab', letters: 'RSab' },
  ])('$why', ({ name, letters, peer }) => {
    const parsed = parseName(name)
    expect(lettersOf(parsed.info)).toBe(letters)
    expect(peerOf(parsed.base, hash)).toBe(peer)
    expect(parsed.base + parsed.info).toBe(name)
  })

  it.each([
    { name: `1795384006_2.22562.vm,U=4,FMD5=${hash}:2,S`, ours: true },
    { name: `1795384006_2.22562.vm.example.org,FMD5=${hash}!2,`, ours: true },
    { name: '1600000000.M1P2.host:2,S', ours: false },
    { name: 'notes.txt', ours: false },
  ])('$name: ours is $ours', ({ name, ours }) => {
    expect(isOurName(name)).toBe(ours)
  })
})

describe('base names', () => {
  it('are counted within a second, and the second does not go back with the clock', () => {
    let seconds = 100
    const next = createBaseNames({ now: () => new Date(seconds * 1000), processId: 7, hostName: 'a/b:c' })
    const names = [next('4', hash), next('5', hash)]
    seconds = 101
    names.push(next('6', hash))
    seconds = 99
    names.push(next('7', hash))
    expect(names).toEqual([
      `100_0.7.a-b-c,U=4,FMD5=${hash}`,
      `100_1.7.a-b-c,U=5,FMD5=${hash}`,
      `101_0.7.a-b-c,U=6,FMD5=${hash}`,
      `101_1.7.a-b-c,U=7,FMD5=${hash}`,
    ])
  })

  it.each(['0', '', 'm1', '-3', '1/../2', '1,U=2'])('have no U= for the id "%s"', (id) => {
    const next = createBaseNames({ now: () => new Date(100_000), processId: 7, hostName: 'vm' })
    expect(next(id, hash)).toBe(`100_0.7.vm,FMD5=${hash}`)
  })
})
