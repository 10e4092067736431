import type { Floor } from './floors.ts'

/** A file, under its path from the root of the workspace. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/** One package of the workspace, as far as the floor plan looks at it. */
export interface Room {
  readonly name: string
  /** `packages/planner` */
  readonly folder: string
  /** Undefined when its `turbo.json` names none. */
  readonly floor: Floor | undefined
  readonly manifest: TextFile
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
  readonly sources: readonly TextFile[]
}

/** A place where the floor plan is broken. */
export interface Breach {
  readonly file: string
  readonly line: number
  readonly problem: string
}
