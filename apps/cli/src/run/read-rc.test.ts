import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { placesOfRc, readRc } from './read-rc.ts'

const home = '/home/alex'
const surroundings = (environment: Record<string, string>) => ({ home, environment, directory: '/', words: [] })

describe('placesOfRc', () => {
  it('is the place that -c names, with its tilde expanded', () => {
    expect(placesOfRc('~/rc', surroundings({}))).toEqual(['/home/alex/rc'])
    expect(placesOfRc('$HOME/~', surroundings({}))).toEqual(['$HOME/~'])
  })

  it.each([
    ['unset', {}, '/home/alex/.config'],
    ['empty', { XDG_CONFIG_HOME: '' }, '/home/alex/.config'],
    ['set', { XDG_CONFIG_HOME: '/x' }, '/x'],
  ])('is one of two without it, XDG_CONFIG_HOME being %s', (_, environment, configuration) => {
    expect(placesOfRc(undefined, surroundings(environment))).toEqual([
      `${configuration}/offlineimap/config`,
      '/home/alex/.offlineimaprc',
    ])
  })
})

describe('readRc', () => {
  it('takes the first that there is', () => {
    const directory = temporaryDirectory()
    const second = join(directory, 'second')
    writeFileSync(second, 'é')
    expect(readRc([join(directory, 'first'), second])).toEqual({ file: second, text: 'é', problems: [] })
  })

  it('says where it looked', () => {
    expect(() => readRc(['/no/a', '/no/b'])).toThrow('looked for /no/a, then /no/b')
  })

  it('reads what is not in UTF-8 line by line, and says where', () => {
    const file = join(temporaryDirectory(), 'rc')
    writeFileSync(file, Buffer.concat([Buffer.from('é\n'), Buffer.from([0xe9, 0x80, 0x0a]), Buffer.from('ü')]))
    expect(readRc([file])).toMatchObject({ text: 'é\né€\nü', problems: [{ severity: 'warning', line: 2 }] })
  })

  it('says what is wrong with a file that it cannot read', () => {
    const directory = temporaryDirectory()
    const folder = join(directory, 'folder')
    mkdirSync(folder)
    expect(() => readRc([folder])).toThrow(`${folder} cannot be read: it is a directory`)
  })
})
