import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isFloor } from './floors.ts'
import type { Room, TextFile } from './room.ts'

const manifests = ['packages/*/package.json', 'packages/credentials/*/package.json', '{apps,tooling}/*/package.json']

/** Reads the packages of the workspace at `root`. */
export function readRooms(root: string): Room[] {
  const read = (path: string): TextFile => ({ path, text: readFileSync(join(root, path), 'utf8') })
  return globSync(manifests, { cwd: root })
    .sort()
    .map((path) => {
      const manifest = read(path)
      const folder = dirname(path)
      const { name, dependencies, devDependencies } = JSON.parse(manifest.text)
      const turbo = join(folder, 'turbo.json')
      const tags: string[] = existsSync(join(root, turbo)) ? (JSON.parse(read(turbo).text).tags ?? []) : []
      return {
        name,
        folder,
        floor: tags.find(isFloor),
        manifest,
        dependencies: Object.keys(dependencies ?? {}),
        devDependencies: Object.keys(devDependencies ?? {}),
        sources: globSync(`${folder}/{src,bin}/**/*.{ts,js}`, { cwd: root }).sort().map(read),
      }
    })
}
