import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { floors } from './floors.ts'
import { type Import, importsOf, lineAt } from './imports.ts'
import type { Breach, Room, TextFile } from './room.ts'
import { testFilesOf } from './test-files.ts'

/** Every place where these packages break the floor plan, in the order of files and lines. */
export function checkFloorPlan(rooms: readonly Room[]): Breach[] {
  return rooms.flatMap((room) => [...checkManifest(room, rooms), ...checkSources(room)])
}

/** `packages/planner/src/plan.ts:3 imports node:fs, …`, a line each. */
export function formatBreaches(breaches: readonly Breach[]): string {
  return breaches.map(({ file, line, problem }) => `${file}:${line} ${problem}`).join('\n')
}

function checkManifest(room: Room, rooms: readonly Room[]): Breach[] {
  const { floor, manifest } = room
  if (isTooling(room)) return []
  if (!floor) return [{ file: manifest.path, line: 1, problem: `${room.name} names no floor in its turbo.json` }]
  return room.dependencies.flatMap((name) => {
    const needed = rooms.find((other) => other.name === name)
    if (!needed || (needed.floor && floors[floor].below.includes(needed.floor))) return []
    const problem = `${room.name} (${floor}) may not depend on ${name} (${needed.floor ?? 'no floor'})`
    return [{ file: manifest.path, line: lineAt(manifest.text, manifest.text.indexOf(`"${name}":`)), problem }]
  })
}

function checkSources(room: Room): Breach[] {
  const tests = testFilesOf(room.sources)
  return room.sources.flatMap((file) =>
    importsOf(file.text).flatMap((found) => {
      const problem = problemWith(found, file, room, tests.has(file.path))
      return problem ? [{ file: file.path, line: found.line, problem }] : []
    }),
  )
}

function problemWith({ specifier }: Import, file: TextFile, room: Room, isTest: boolean): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file.path), specifier)
    return target.startsWith(`${room.folder}/`) ? undefined : `imports ${specifier}, which is outside of ${room.folder}`
  }
  if (isBuiltin(specifier)) {
    const mayUseNode = isTest || !room.floor || floors[room.floor].usesNode
    return mayUseNode ? undefined : `imports ${specifier}, but ${room.name} (${room.floor}) touches nothing of Node`
  }
  const name = packageOf(specifier)
  if (name === room.name || room.dependencies.includes(name)) return undefined
  if (isTest || isTooling(room)) {
    return room.devDependencies.includes(name) ? undefined : `imports ${name}, which its package.json does not name`
  }
  return `imports ${name}, which is not among the dependencies of ${room.name}`
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Tooling is never published: it may need anything, in either list. */
function isTooling(room: Room): boolean {
  return room.folder.startsWith('tooling/')
}
