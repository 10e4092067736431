import { describe, expect, it } from 'vitest'
import { decodeValue, type HostFunction, type HostValue, isTruthy } from './host-value.ts'

const aFunction: HostFunction = { kind: 'function' }

describe('isTruthy', () => {
  it.each<{ value: HostValue; truthy: boolean }>([
    { value: null, truthy: false },
    { value: false, truthy: false },
    { value: 0, truthy: false },
    { value: 0n, truthy: false },
    { value: '', truthy: false },
    { value: [], truthy: false },
    { value: new Map(), truthy: false },
    { value: new Uint8Array(), truthy: false },
    { value: { kind: 'object', type: 'Box', truthy: false }, truthy: false },
    { value: { kind: 'object', type: 'Match', truthy: true }, truthy: true },
    { value: Number.NaN, truthy: true },
    { value: '0', truthy: true },
    { value: [null], truthy: true },
    { value: new Map([['', null]]), truthy: true },
    { value: new Uint8Array(1), truthy: true },
    { value: aFunction, truthy: true },
  ])('says what Python says of $value', ({ value, truthy }) => {
    expect(isTruthy(value)).toBe(truthy)
  })
})

describe('decodeValue', () => {
  it('goes into lists and dicts', () => {
    const wire = [{ dict: [['a', [{ bytes: '/w==' }, { int: '9007199254740993' }]]] }, { function: 3 }] as const
    expect(decodeValue(wire, (id) => (id === 3 ? aFunction : { kind: 'function' }))).toEqual([
      new Map([['a', [Uint8Array.of(255), 9007199254740993n]]]),
      aFunction,
    ])
  })
})
