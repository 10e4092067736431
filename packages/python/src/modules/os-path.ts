import type { Runtime } from '../runtime.ts'
import { asText, positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { itemsOf } from '../values/iterate.ts'
import { legacyText } from '../values/legacy-text.ts'
import { raise } from '../values/raised.ts'
import { type Args, type ModuleValue, tuple, type Value } from '../values/value.ts'
import type { World } from '../world.ts'
import { askWorld, nativeModule } from './native.ts'

/** The module `os.path` of a POSIX system. */
export function createPathModule(world: World): ModuleValue {
  return nativeModule(
    'posixpath',
    { sep: '/', pardir: '..', curdir: '.', extsep: '.', pathsep: ':' },
    {
      expanduser: (runtime, args) => expandUser(runtime, world, pathArg('expanduser', args)),
      expandvars(runtime, args) {
        const path = pathArg('expandvars', args)
        return path.replace(/\$(?:([a-zA-Z0-9_]+)|\{([^}]*)\})/g, (whole, plain?: string, braced?: string) => {
          const value = world.environment?.get(plain ?? braced ?? '')
          if (value !== undefined) runtime.mayHoldSecret()
          return value ?? whole
        })
      },
      join(_, args) {
        return positionals('join', args, 1, Number.POSITIVE_INFINITY).map(asPath).reduce(joinPaths)
      },
      basename: (_, args) => splitPath(pathArg('basename', args))[1],
      dirname: (_, args) => splitPath(pathArg('dirname', args))[0],
      split: (_, args) => tuple(splitPath(pathArg('split', args))),
      splitext: (_, args) => tuple(splitExtension(pathArg('splitext', args))),
      isabs: (_, args) => pathArg('isabs', args).startsWith('/'),
      normpath: (_, args) => normalPath(pathArg('normpath', args)),
      abspath(runtime, args) {
        const path = pathArg('abspath', args)
        if (path.startsWith('/')) return normalPath(path)
        return normalPath(joinPaths(world.cwd ?? runtime.unsupported('os.path.abspath()'), path))
      },
      exists: (runtime, args) => askWorld(runtime, 'os.path.exists()', world.exists, pathArg('exists', args)),
      isfile(runtime, args) {
        return askWorld(runtime, 'os.path.isfile()', world.readFile, pathArg('isfile', args)) !== undefined
      },
      commonprefix(runtime, args) {
        const [paths] = positionals('commonprefix', args, 1)
        return commonPrefix(itemsOf(runtime, paths!).map(asPath))
      },
    },
  )
}

function pathArg(name: string, args: Args): string {
  return asPath(positionals(name, args, 1)[0]!)
}

function asPath(value: Value): string {
  if (isKind(value, 'list')) throw raise('TypeError', 'expected str, bytes or os.PathLike object, not list')
  return value instanceof Uint8Array ? legacyText(value) : asText(value, 'path')
}

function expandUser(runtime: Runtime, { home, environment }: World, path: string): string {
  if (!path.startsWith('~')) return path
  if (path !== '~' && !path.startsWith('~/')) return runtime.unsupported('the home of another user (~name)')
  const own = environment?.get('HOME') ?? home ?? runtime.unsupported('os.path.expanduser()')
  return own.replace(/\/+$/, '') + path.slice(1) || '/'
}

/** `os.path.join` of two. */
function joinPaths(base: string, path: string): string {
  if (path.startsWith('/')) return path
  return base === '' || base.endsWith('/') ? base + path : `${base}/${path}`
}

function splitPath(path: string): [string, string] {
  const at = path.lastIndexOf('/') + 1
  const head = path.slice(0, at)
  return [/^\/*$/.test(head) ? head : head.replace(/\/+$/, ''), path.slice(at)]
}

function splitExtension(path: string): [string, string] {
  const dot = path.lastIndexOf('.')
  const name = path.lastIndexOf('/') + 1
  // Dots that begin a name begin no extension.
  const isExtension = dot > name && /[^.]/.test(path.slice(name, dot))
  return isExtension ? [path.slice(0, dot), path.slice(dot)] : [path, '']
}

function normalPath(path: string): string {
  if (path === '') return '.'
  const root = /^\/\/(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : ''
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..' || parts.at(-1) === '..' || (root === '' && parts.length === 0)) parts.push(part)
    else parts.pop()
  }
  const kept = root === '' ? parts : parts.filter((part) => part !== '..')
  return root + kept.join('/') || '.'
}

function commonPrefix(paths: readonly string[]): string {
  const [first = '', ...rest] = paths.map((path) => [...path])
  let length = 0
  while (length < first.length && rest.every((path) => path[length] === first[length])) length++
  return [...first].slice(0, length).join('')
}
