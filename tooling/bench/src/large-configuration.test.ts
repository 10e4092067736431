import { describe, expect, it } from 'vitest'
import { largeConfiguration } from './large-configuration.ts'

describe('largeConfiguration', () => {
  it('has exactly as many lines and folders as were asked for', () => {
    const { text, sample } = largeConfiguration(1000, 1000)
    expect(text.split('\n')).toHaveLength(1001)
    expect(new Set(sample.names).size).toBe(1000)
    expect(text).toMatch(/^nametrans = /m)
  })
})
