import { describe, expect, it } from 'vitest'
import { oauth2Presets } from './presets.ts'

describe('oauth2Presets', () => {
  it.each(Object.entries(oauth2Presets))('%s: every address is encrypted, and something is asked for', (_, preset) => {
    for (const address of [preset.authorizationEndpoint, preset.tokenEndpoint, preset.deviceEndpoint]) {
      if (address !== undefined) expect(new URL(address).protocol).toBe('https:')
    }
    expect(preset.scopes).not.toEqual([])
  })
})
