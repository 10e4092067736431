import { describe, expect, it } from 'vitest'
import { benchConfig } from './config-bench.ts'
import { toolOf } from './tools.ts'

describe('benchConfig', () => {
  it('measures a start and a whole configuration', (ctx) => {
    if (!toolOf('mailtide').command) return ctx.skip('apps/cli is not built')
    const { startUp, dump, beyond } = benchConfig(1)
    expect(startUp.least).toBeGreaterThan(0)
    expect(beyond).toBe(dump.least - startUp.least)
  })
})
