/**
 * The way to a folder: its segments joined by `/`. A backend translates its own separator at its door.
 *
 * | segment        | in the path    |
 * | -------------- | -------------- |
 * | `Work`         | `Work`         |
 * | `R/D`          | `R%2FD`        |
 * | `100%`         | `100%`         |
 * | `a%2Fb`        | `a%252Fb`      |
 */
export type FolderPath = string & { readonly __brand: 'FolderPath' }

/** The folder that the two sides of a sync have in common, under each side's name for it. */
export interface FolderPair {
  readonly local: FolderPath
  readonly remote: FolderPath
}

/** Builds a path from segments; a `/` inside a segment is escaped so that {@link segmentsOf} brings it back. */
export function folderPath(segments: readonly string[]): FolderPath {
  return segments.map(escapeSegment).join('/') as FolderPath
}

/** The segments that {@link folderPath} was given. */
export function segmentsOf(path: FolderPath): string[] {
  return path.split('/').map(unescapeSegment)
}

/** All folders above this one, outermost first. */
export function parentsOf(path: FolderPath): FolderPath[] {
  const segments = path.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/') as FolderPath)
}

// A percent sign is escaped only where it could be read as an escape, so that names like "100%" stay as they are.
function escapeSegment(segment: string): string {
  return segment.replace(/%(?=(?:25)*2F)/g, '%25').replaceAll('/', '%2F')
}

function unescapeSegment(segment: string): string {
  return segment.replace(/%(25)*2F/g, (escaped) => (escaped === '%2F' ? '/' : `%${escaped.slice(3)}`))
}
