import fc from 'fast-check'
import { createPython } from '../src/index.ts'
import { expressions } from './expressions.ts'
import { bytesAndSets, formats } from './formats.ts'
import { outcomeOf } from './mailtide.ts'
import { askPython, type Outcome } from './python3.ts'
import { regexCases, regexProgram } from './regexes.ts'

/** One thing on which the two differ. */
export interface Difference {
  readonly expression: string
  readonly mailtide: Outcome
  readonly python: Outcome
}

/** What came of a comparison. */
export interface Comparison {
  readonly differences: readonly Difference[]
  /** How many mailtide would not answer. */
  readonly declined: readonly string[]
  /** How many came to a value in Python. */
  readonly values: number
}

/** Evaluates expressions in both, after a program that both load. */
export function compare(program: string, list: readonly string[]): Comparison {
  const python = createPython()
  python.load(program, { file: 'program.py' })
  const theirs = askPython(list.map((expression) => ({ program, expression })))
  const declined: string[] = []
  const differences = list.flatMap((expression, index) => {
    const ours = outcomeOf(python, expression)
    if ('declined' in ours) {
      declined.push(`${expression}: ${ours.declined}`)
      return []
    }
    const answer = theirs[index]!
    return JSON.stringify(ours) === JSON.stringify(answer) ? [] : [{ expression, mailtide: ours, python: answer }]
  })
  return { differences, declined, values: theirs.filter((outcome) => 'value' in outcome).length }
}

/** Generated expressions of the whole language. */
export function compareExpressions(numRuns: number, seed: number): Comparison {
  return compare('import os, re', fc.sample(expressions, { numRuns, seed }))
}

/** Generated formats, numbers, bytes and sets. */
export function compareValues(numRuns: number, seed: number): Comparison {
  return compare('import re', fc.sample(fc.oneof(formats, bytesAndSets), { numRuns, seed }))
}

/** Generated patterns, flags, texts and replacements. */
export function compareRegexes(numRuns: number, seed: number): Comparison {
  const list = fc.sample(regexCases, { numRuns, seed }).map(({ pattern, flags, text, replacement }) => {
    return `regex(${literal(pattern)}, ${flags}, ${literal(text)}, ${literal(replacement)})`
  })
  return compare(regexProgram, list)
}

/** A text as a literal of Python. */
export function literal(text: string): string {
  const escaped = Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0
    return /[\w ]/.test(character) ? character : `\\U${point.toString(16).padStart(8, '0')}`
  })
  return `'${escaped.join('')}'`
}
