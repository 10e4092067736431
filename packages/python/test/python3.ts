import { spawnSync } from 'node:child_process'

/** What became of one piece of work: a text, or the name of an exception. */
export type Outcome = { readonly value: string } | { readonly exception: string }

const server = `
import json, sys, warnings
warnings.simplefilter('ignore')
sys.set_int_max_str_digits(4300)

answers = []
for case in json.load(sys.stdin):
    try:
        names = {'__name__': 'pythonfile'}
        exec(case['program'], names)
        value = eval(case['expression'], names)
        answers.append({'value': repr(value)})
    except BaseException as error:
        answers.append({'exception': type(error).__name__})
json.dump(answers, sys.stdout)
`

/** Why there is no Python to compare with, or undefined if there is one. */
export function whyNoPython(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.version_info[:2] >= (3, 11))'])
  if (status !== 0) return 'there is no python3'
  return String(stdout).trim() === 'True' ? undefined : 'python3 is older than 3.11'
}

/** Lets one python3 evaluate expressions, each after a program of its own. */
export function askPython(cases: readonly { readonly program: string; readonly expression: string }[]): Outcome[] {
  const { stdout, stderr, status } = spawnSync('python3', ['-X', 'utf8', '-c', server], {
    input: JSON.stringify(cases),
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`)
  return JSON.parse(String(stdout)) as Outcome[]
}
