import { badTemplate, unknownName } from './errors.ts'
import type { Mailbox } from './mailbox.ts'

const placeholder = /%(?:%|\(([^)]*)\)(-?)(\d{0,4})(?:\.(\d{1,4}))?s)/y

/**
 * Fills OfflineIMAP's `peritem`, a template of Python's: nothing in it is special but the percent sign.
 *
 * | in the template     | becomes                                              |
 * | ------------------- | ---------------------------------------------------- |
 * | `%(accountname)s`   | the account; likewise `foldername`, `localfolders`   |
 * | `%(foldername)-20s` | the same, filled up to 20 characters on the right    |
 * | `%%`                | a percent sign                                       |
 */
export function fillTemplate(peritem: string, box: Mailbox): string {
  const values = new Map([
    ['accountname', box.account],
    ['foldername', box.folder],
    ['localfolders', box.localFolders ?? 'None'],
  ])
  let filled = ''
  for (let at = 0; at < peritem.length; ) {
    const percent = peritem.indexOf('%', at)
    if (percent === -1) return filled + peritem.slice(at)
    filled += peritem.slice(at, percent)
    placeholder.lastIndex = percent
    const found = placeholder.exec(peritem)
    if (!found) throw badTemplate(peritem, percent)
    const [all, name, left, width = '', most] = found
    filled += name === undefined ? '%' : fit(valueAt(name, percent), { left: left === '-', width: Number(width), most })
    at = percent + all.length
  }
  return filled

  function valueAt(name: string, at: number): string {
    const value = values.get(name)
    if (value === undefined) throw unknownName(name, at)
    return value
  }
}

interface Fit {
  readonly left: boolean
  readonly width: number
  readonly most: string | undefined
}

function fit(value: string, { left, width, most }: Fit): string {
  const characters = [...value].slice(0, most === undefined ? undefined : Number(most))
  const filling = ' '.repeat(Math.max(0, width - characters.length))
  return left ? characters.join('') + filling : filling + characters.join('')
}
