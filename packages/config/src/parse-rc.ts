import { readOverrides } from './apply-overrides.ts'
import type { Problem } from './problem.ts'
import { createRcFile, type RcFile } from './rc-file.ts'
import { type ParserFault, scanRc } from './scan-rc.ts'

/** The sections and options of an rc file, and what stood in the way of reading them. */
export interface ParsedRc {
  readonly rc: RcFile
  readonly problems: readonly Problem[]
  /** For what Python 3's ConfigParser refuses the file, if it does. */
  readonly fault?: ParserFault
  /** For what it refuses the file even with `strict=False` and without a byte order mark. */
  readonly lenientFault?: ParserFault
}

/** Reads the sections and options of an rc file, overrides applied, without asking what they mean. */
export function parseRc(text: string, file: string, overrides: readonly string[] = []): ParsedRc {
  const scanned = scanRc(text, file)
  const { options, problems } = readOverrides(overrides, scanned)
  // A byte order mark is passed over here; Python takes it for text before the first section.
  const fault = text.startsWith('\ufeff') ? 'MissingSectionHeaderError' : firstFault(scanned.faults)
  const lenientFault = firstFault(scanned.faults.filter((found) => !found.startsWith('Duplicate')))
  return {
    rc: createRcFile(scanned, options),
    problems: [...scanned.problems, ...problems],
    ...(fault && { fault }),
    ...(lenientFault && { lenientFault }),
  }
}

// ConfigParser goes on reading after a line that is no option; all else stops it at once.
function firstFault(faults: readonly ParserFault[]): ParserFault | undefined {
  return faults.find((found) => found !== 'ParsingError') ?? faults[0]
}
