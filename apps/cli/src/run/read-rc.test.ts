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
    expect(readRc([join(directory, 'first'), second])).toEqual({ file: second, text: 'é' })
  })

  it('says where it looked', () => {
    expect(() => readRc(['/no/a', '/no/b'])).toThrow('looked for /no/a, then /no/b')
  })

  it('says what is wrong with a file that it cannot read', () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'rc')
    writeFileSync(file, Buffer.from([0x66, 0xe9, 0x0a]))
    expect(() => readRc([file])).toThrow(`${file} cannot be read: it is not in UTF-8`)
    const folder = join(directory, 'folder')
    mkdirSync(folder)
    expect(() => readRc([folder])).toThrow(`${folder} cannot be read: it is a directory`)
  })
})
