import { describe, expect, it } from 'vitest'
import { parseBoolean, parseInteger, parseList, parseNumber } from './values.ts'

describe('parseBoolean', () => {
  it.each(['1', 'yes', 'YES', 'True', 'on'])('%s is yes', (text) => {
    expect(parseBoolean(text)).toEqual({ value: true })
  })
  it.each(['0', 'no', 'No', 'FALSE', 'off'])('%s is no', (text) => {
    expect(parseBoolean(text)).toEqual({ value: false })
  })
  it.each(['', '2', 'y', 'yes # really', '__proto__', 'constructor'])('%j is neither', (text) => {
    expect(parseBoolean(text)).toHaveProperty('wrong')
  })
})

describe('parseInteger', () => {
  it.each([
    ['7', 7],
    ['-1', -1],
    ['+3', 3],
    ['007', 7],
    ['1_000', 1000],
    [' 5 ', 5],
  ])('%j is %d', (text, value) => {
    expect(parseInteger(text)).toEqual({ value })
  })
  it.each(['', '1.0', '1e3', '0x10', '5s', '1__0', '_1', '99999999999999999999'])('%j is none', (text) => {
    expect(parseInteger(text)).toHaveProperty('wrong')
  })
})

describe('parseNumber', () => {
  it.each([
    ['0.5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-2', -2],
    ['1e2', 100],
    ['1_0.5', 10.5],
  ])('%j is %d', (text, value) => {
    expect(parseNumber(text)).toEqual({ value })
  })
  it.each(['', '.', '1,5', 'inf', 'nan', '5 min', '0x1'])('%j is none', (text) => {
    expect(parseNumber(text)).toHaveProperty('wrong')
  })
})

describe('parseList', () => {
  it('splits at commas and drops blanks and empty entries', () => {
    expect(parseList(' a, b c ,,\n d,')).toEqual(['a', 'b c', 'd'])
  })
})
