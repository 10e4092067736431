/** The floors of the house, as each package's `turbo.json` names them among its tags. */
export type Floor = 'app' | 'engine' | 'port' | 'pure' | 'tool' | 'contract' | 'testing'

interface FloorRules {
  /** Floors whose packages may be a dependency here. */
  readonly below: readonly Floor[]
  /** Whether its code may import `node:` modules. */
  readonly usesNode: boolean
}

/**
 * Who may need whom at run time. What tests need (`devDependencies`) is left to `turbo boundaries`.
 *
 * | floor    | may need                                      | `node:` |
 * | -------- | --------------------------------------------- | ------- |
 * | app      | engine, port, pure, tool, contract            | yes     |
 * | engine   | pure, contract                                | no      |
 * | port     | tool, contract; no other port                 | yes     |
 * | pure     | contract                                      | no      |
 * | tool     | contract                                      | yes     |
 * | contract | nothing                                       | no      |
 * | testing  | tool, contract; nobody needs it but `tooling` | yes     |
 */
export const floors: Readonly<Record<Floor, FloorRules>> = {
  app: { below: ['engine', 'port', 'pure', 'tool', 'contract'], usesNode: true },
  engine: { below: ['pure', 'contract'], usesNode: false },
  port: { below: ['tool', 'contract'], usesNode: true },
  pure: { below: ['contract'], usesNode: false },
  tool: { below: ['contract'], usesNode: true },
  contract: { below: [], usesNode: false },
  testing: { below: ['tool', 'contract'], usesNode: true },
}

/** Whether a tag names a floor. */
export function isFloor(tag: string): tag is Floor {
  return Object.hasOwn(floors, tag)
}
