import { describe, expect, it } from 'vitest'
import { fencesOf } from './fences.ts'

describe('fencesOf', () => {
  it('finds blocks of every language, with what is said of them', () => {
    const markdown = '# A\n\n```sh\na\n```\n\n## B\n\n<!-- [Account x] -->\n```ini more\nb = 1\n\nc = 2\n```\n'
    expect(fencesOf(markdown)).toEqual([
      { line: 4, info: 'sh', code: 'a', note: undefined, heading: 1 },
      { line: 11, info: 'ini more', code: 'b = 1\n\nc = 2', note: '[Account x]', heading: 7 },
    ])
  })

  it('takes nothing for a block or a heading that a block shows', () => {
    expect(fencesOf('````md\n# A\n```sh\na\n```\n````\n~~~\nb\n~~~')).toMatchObject([
      { info: 'md', code: '# A\n```sh\na\n```' },
      { info: '', code: 'b', heading: 0 },
    ])
  })
})
