import { describe, expect, it } from 'vitest'
import { createScene } from '../testing/mailtide-home.ts'

describe('user interfaces', () => {
  it('machineui tells its exit code, and ends with it', async () => {
    const { home } = await createScene(1)
    const { code, out, err } = await home.run('-u', 'machineui')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/\nmsg:copyingmessage:Folder\+INBOX\S*:1%0AIMAP%0AINBOX%0AMaildir%5BINBOX%5D\n/)
    expect(out).toMatch(/\nmsg:terminate:MainThread:0%0A%0A\n$/)
    const wrong = await home.run('-u', 'machineui', '-k', 'Repository_home-server:remotepass=wrong')
    expect(wrong.code).toBe(4)
    expect(wrong.out).toMatch(/\nmsg:terminate:MainThread:4%0A%0A\n$/)
  })
})
