import { mkdirSync } from 'node:fs'
import { readConfig } from '@mailtide/config'
import { folderPath } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import type { NamedPair } from '../rules/pair-account.ts'
import { accountRc, general } from '../testing/mailtide-home.ts'
import { mailboxesOf } from './mailboxes-of.ts'

/** The account of a home directory. */
function accountIn(home: string, local = '') {
  const text = general('home') + accountRc('home', 143, { local })
  const { config } = readConfig({ text, file: 'rc', home, directory: home, environment: {} })
  return config!.accounts.get('home')!
}

function pairOf(segments: readonly string[], separator = '.'): NamedPair {
  const path = folderPath(segments)
  const local = segments.join(separator)
  return {
    folders: { local: path, remote: path },
    names: { local, remote: local },
    visibleRemoteName: local,
    separators: { local: separator, remote: '/' },
  }
}

describe('mailboxesOf', () => {
  it.each([
    { why: 'a plain name', segments: ['INBOX'], folder: 'INBOX' },
    { why: 'levels', segments: ['Lists', 'dev'], folder: 'Lists.dev' },
    { why: 'nested levels', segments: ['Lists', 'dev'], local: 'sep = /', folder: 'Lists/dev' },
    { why: 'the root', segments: [''], folder: '' },
    { why: 'what no directory can be called', segments: ['R/D'], folder: 'R%2FD' },
    { why: 'a part of a Maildir', segments: ['cur'], folder: '%63ur' },
  ])('names the directory of a folder: $why', ({ segments, folder, local }) => {
    const home = temporaryDirectory()
    const root = `${home}/mail-home`
    mkdirSync(`${root}/${folder}`, { recursive: true })
    const pair = pairOf(segments, local ? '/' : '.')
    expect(mailboxesOf(accountIn(home, local), [pair], { dryRun: false })).toEqual([
      { box: { account: 'home', folder, localFolders: root }, name: pair.names.local },
    ])
  })

  it('passes over folders that are not here, but for a dry run, and over those that cannot be', () => {
    const account = accountIn(temporaryDirectory())
    const pairs = [pairOf(['Work']), pairOf(['x'.repeat(300)])]
    expect(mailboxesOf(account, pairs, { dryRun: false })).toEqual([])
    expect(mailboxesOf(account, pairs, { dryRun: true }).map(({ name }) => name)).toEqual(['Work'])
  })

  it('knows those of an account between two servers by their names', () => {
    const account = accountIn(temporaryDirectory())
    const between = { ...account, local: account.remote }
    expect(mailboxesOf(between, [pairOf(['R/D'])], { dryRun: false })).toEqual([
      { box: { account: 'home', folder: 'R/D', localFolders: undefined }, name: 'R/D' },
    ])
  })
})
