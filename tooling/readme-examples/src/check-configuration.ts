import { completeRc } from './complete-rc.ts'
import type { Fence } from './fences.ts'
import type { Mailtide, Run } from './open-mailtide.ts'

/**
 * What `mailtide config check` says of a block of an rc file, filled up to a whole one. A block of Python that stands before
 * it under the same heading is its pythonfile, and has to be one that the built-in interpreter reads.
 */
export function checkConfiguration(mailtide: Mailtide, block: Fence, fences: readonly Fence[]): Promise<Run> {
  const { line, code, note, heading } = block
  const rc = completeRc(code, /^\[(.*)\]$/.exec(note ?? '')?.[1])
  const python = fences.findLast((each) => each.info === 'py' && each.heading === heading && each.line < line)
  const files = { '.offlineimaprc': python ? withPythonFile(rc) : rc, '.offlineimap.py': python?.code ?? '' }
  return mailtide.run(['config', 'check', '--python', 'builtin'], files)
}

/** Names the pythonfile, and has a rule that makes `config check` read it. */
function withPythonFile(rc: string): string {
  const named = /^pythonfile\s*=/m.test(rc) ? rc : rc.replace('[general]', '[general]\npythonfile = ~/.offlineimap.py')
  return named.replace('type = Maildir', 'type = Maildir\nfolderfilter = lambda name: True')
}
