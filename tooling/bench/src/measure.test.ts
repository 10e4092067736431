import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { measure } from './measure.ts'

const node = (code: string) => [process.execPath, '-e', code]

describe('measure', () => {
  it('counts the time of a program, and of those it starts', async () => {
    const busy = 'const end = Date.now() + 200; while (Date.now() < end);'
    const parent = `require('node:child_process').spawnSync(process.execPath, ['-e', '${busy}'])`
    const { wallSeconds, cpuSeconds } = await measure(node(parent), tmpdir())
    expect(wallSeconds).toBeGreaterThan(0.2)
    expect(cpuSeconds).toBeGreaterThan(0.05)
    expect(cpuSeconds).toBeLessThan(wallSeconds * 4)
  })

  it('sees the memory that a program takes', async ({ skip }) => {
    const { peakMebibytes } = await measure(node('Buffer.alloc(300 * 1024 * 1024, 1)'), tmpdir())
    if (peakMebibytes === undefined) return skip('this system has no /proc')
    expect(peakMebibytes).toBeGreaterThan(300)
  })

  it('tells what a program printed that failed', async () => {
    await expect(measure(node("console.error('no such account'); process.exit(2)"), tmpdir())).rejects.toThrow(
      /ended with 2\n[\s\S]*no such account/,
    )
  })

  it('ends a program at its time limit', async () => {
    await expect(measure(node('setInterval(() => {}, 1000)'), tmpdir(), 300)).rejects.toThrow('ended with null')
  })
})
