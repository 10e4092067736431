import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { floors } from './floors.ts'
import { importsOf, lineAt } from './imports.ts'
import type { Breach, Room, TextFile } from './room.ts'
import { testFilesOf } from './test-files.ts'

/** Every place where these packages break the floor plan, in the order of files and lines. */
export function checkFloorPlan(rooms: readonly Room[]): Breach[] {
  return rooms.flatMap((room) => [...checkManifest(room, rooms), ...checkSources(room, rooms)])
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

function checkSources(room: Room, rooms: readonly Room[]): Breach[] {
  const tests = testFilesOf(room.sources)
  const needed = neededAtRunTime(room, rooms)
  return room.sources.flatMap((file) => {
    const problemWith = tests.has(file.path) ? problemInTest : problemInCode
    return importsOf(file.text).flatMap(({ specifier, line }) => {
      const problem = problemOutside(specifier, file, room) ?? problemWith(specifier, room, needed)
      return problem ? [{ file: file.path, line, problem }] : []
    })
  })
}

function problemOutside(specifier: string, file: TextFile, room: Room): string | undefined {
  const target = posix.join(posix.dirname(file.path), specifier)
  const isOutside = specifier.startsWith('.') && !target.startsWith(`${room.folder}/`)
  return isOutside ? `imports ${specifier}, which is outside of ${room.folder}` : undefined
}

function problemInTest(specifier: string, room: Room, needed: ReadonlySet<string>): string | undefined {
  if (specifier.startsWith('.') || isBuiltin(specifier)) return undefined
  const name = packageOf(specifier)
  const isNamed = needed.has(name) || room.devDependencies.includes(name)
  return isNamed ? undefined : `imports ${name}, which its package.json does not name`
}

function problemInCode(specifier: string, room: Room, needed: ReadonlySet<string>): string | undefined {
  if (specifier.startsWith('.')) return undefined
  if (isBuiltin(specifier)) {
    const mayUseNode = !room.floor || floors[room.floor].usesNode
    return mayUseNode ? undefined : `imports ${specifier}, but ${room.name} (${room.floor}) touches nothing of Node`
  }
  const name = packageOf(specifier)
  return needed.has(name) ? undefined : `imports ${name}, which is not among the dependencies of ${room.name}`
}

/**
 * What the code of a package, its tests apart, may import: itself and its `dependencies`. An app is published as one
 * bundle, into which the packages of the workspace among its `devDependencies` go; tooling is never published at all.
 */
function neededAtRunTime(room: Room, rooms: readonly Room[]): ReadonlySet<string> {
  const needed = [room.name, ...room.dependencies]
  if (isTooling(room)) return new Set([...needed, ...room.devDependencies])
  if (!room.folder.startsWith('apps/')) return new Set(needed)
  const below = rooms.filter(({ floor }) => floor && floors.app.below.includes(floor)).map(({ name }) => name)
  return new Set([...needed, ...room.devDependencies.filter((name) => below.includes(name))])
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function isTooling(room: Room): boolean {
  return room.folder.startsWith('tooling/')
}
