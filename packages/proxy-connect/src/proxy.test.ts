import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProxy, hostAndPort, parseProxy } from './proxy.ts'

describe('parseProxy', () => {
  it.each([
    { text: 'SOCKS5:localhost:9050', proxy: { type: 'SOCKS5', host: 'localhost', port: 9050 } },
    { text: ' socks4:10.0.0.1:1080 ', proxy: { type: 'SOCKS4', host: '10.0.0.1', port: 1080 } },
    { text: 'Http:[fd00::1]:3128', proxy: { type: 'HTTP', host: 'fd00::1', port: 3128 } },
    { text: 'SOCKS4:bob@proxy:1', proxy: { type: 'SOCKS4', host: 'proxy', port: 1, user: 'bob' } },
  ])('reads $text', ({ text, proxy }) => {
    expect(parseProxy(text)).toEqual(proxy)
  })

  it('takes a password as it is, and does not show it', () => {
    const proxy = parseProxy('HTTP:bob:p@ss:%40@proxy:3128')
    expect(proxy).toMatchObject({ user: 'bob', host: 'proxy', port: 3128 })
    expect(proxy.password?.reveal()).toBe('p@ss:%40')
    expect(JSON.stringify(proxy)).not.toContain('p@ss')
    expect(describeProxy(proxy)).toBe('the HTTP proxy proxy:3128')
  })

  it.each([
    '',
    'SOCKS5',
    'SOCKS5:localhost',
    'SOCKS6:localhost:1',
    'SOCKS5:localhost:0',
    'SOCKS5:localhost:65536',
    'SOCKS5:localhost:http',
    'SOCKS5:::1:1080',
    'SOCKS5:a b:1080',
    'SOCKS5:localhost:1080:x',
  ])('says what is wrong with "%s"', (text) => {
    expect(() => parseProxy(text)).toThrow(
      expect.objectContaining({
        code: 'proxy/invalid',
        scope: 'account',
        hint: expect.stringContaining('TYPE:host:port'),
      }),
    )
  })

  it('never shows the password of what it cannot read', () => {
    expect(() => parseProxy('FTP:bob:hunter2@proxy:1')).toThrow(/^(?!.*hunter2)/)
    expect(() => parseProxy('SOCKS5:bob:hunter2@proxy')).toThrow(/^(?!.*hunter2)/)
  })

  it('reads what it would write', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6())
    const type = fc.constantFrom('SOCKS5', 'SOCKS4', 'HTTP')
    fc.assert(
      fc.property(type, host, fc.integer({ min: 1, max: 65535 }), (written, name, port) => {
        expect(parseProxy(`${written}:${hostAndPort(name, port)}`)).toEqual({ type: written, host: name, port })
      }),
    )
  })
})
