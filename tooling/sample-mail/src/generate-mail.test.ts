import { describe, expect, it } from 'vitest'
import { generateMail } from './generate-mail.ts'

const folders = [['INBOX'], ['Archive', '2024']]

describe('generateMail', () => {
  it('makes the same bytes from the same seed, and others from another', () => {
    const [first, again, other] = [7, 7, 8].map((seed) => [...generateMail({ seed, messages: 20, folders })])
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('makes sizes like those of real mail', () => {
    const mail = [...generateMail({ seed: 1, messages: 1500, folders })]
    const sizes = mail.map(({ bytes }) => bytes.length).sort((a, b) => a - b)
    expect(sizes[sizes.length / 2]).toBeGreaterThan(5000)
    expect(sizes[sizes.length / 2]).toBeLessThan(8000)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    expect(mean).toBeGreaterThan(24_000)
    expect(mean).toBeLessThan(42_000)
  })

  it('ends every line with CRLF, the last one too, and every header with an empty line', () => {
    for (const { bytes } of generateMail({ seed: 3, messages: 60, folders, oddHeaders: true })) {
      const text = bytes.toString('latin1')
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      expect(text).toContain('\r\n\r\n')
      expect(text.endsWith('\r\n')).toBe(true)
    }
  })
})
