import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../test/mailtide.ts'
import { createPython } from './index.ts'

interface Answer {
  readonly expression: string
  readonly value?: string
  readonly exception?: string
}

// What Python 3.11 answers, so that it can be looked up where there is no python3.
const answers = JSON.parse(readFileSync(new URL('../test-cases/semantics.json', import.meta.url), 'utf8')) as Answer[]

describe('an expression comes to what it does in Python', () => {
  it.each(answers)('$expression', ({ expression, value, exception }) => {
    const python = createPython()
    python.load('import os, re', { file: 'names.py' })
    expect(outcomeOf(python, expression)).toEqual(value === undefined ? { exception } : { value })
  })
})
