import type { SyntaxNode } from '@lezer/common'
import type { Expression, FormatPiece } from './ast.ts'
import { readString, stringParts, unescapeText } from './literals.ts'
import { readList } from './read-expression.ts'
import { beyond, childrenOf, type Reader, refuse, textAt } from './reader.ts'

type Read = (reader: Reader, node: SyntaxNode) => Expression

/** Reads adjacent string literals, which are one. */
export function readStrings(reader: Reader, node: SyntaxNode, read: Read): Expression {
  const at = node.from
  const children = childrenOf(node)
  if (children.some(({ name }) => name === 'FormatString')) {
    const pieces = children.flatMap((child): FormatPiece[] => {
      if (child.name === 'FormatString') return readFormat(reader, child, read)
      const text = readString(reader, child)
      return typeof text === 'string' ? [{ kind: 'text', text }] : mixed(reader, child)
    })
    return { kind: 'format', at, pieces }
  }
  const values = children.map((child) => readString(reader, child))
  if (values.every((value) => typeof value === 'string')) return { kind: 'constant', at, value: values.join('') }
  const bytes = values.map((value, index) => (typeof value === 'string' ? mixed(reader, children[index]!) : value))
  return { kind: 'constant', at, value: Uint8Array.from(bytes.flatMap((value) => [...value])) }
}

function mixed(reader: Reader, node: SyntaxNode): never {
  return refuse(reader, node, 'cannot mix bytes and nonbytes literals')
}

/** Reads the pieces of an f-string. */
export function readFormat(reader: Reader, node: SyntaxNode, read: Read): FormatPiece[] {
  const { raw, from, to } = stringParts(reader, node)
  const pieces: FormatPiece[] = []
  let at = from
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue
    pieces.push(
      readText(reader, node, reader.text.slice(at, child.from), raw),
      ...readReplacement(reader, child, raw, read),
    )
    at = child.to
  }
  pieces.push(readText(reader, node, reader.text.slice(at, to), raw))
  return pieces.filter((piece) => piece.kind !== 'text' || piece.text !== '')
}

function readText(reader: Reader, node: SyntaxNode, written: string, raw: boolean): FormatPiece {
  if (!raw && /(^|[^\\])(\\\\)*\\[{}]/.test(written)) beyond(reader, node, 'a backslash before a brace in an f-string')
  const parts = written.split(/\{\{|\}\}/)
  if (parts.some((part) => /[{}]/.test(part))) refuse(reader, node, "f-string: single '}' is not allowed")
  const text = written.replaceAll('{{', '{').replaceAll('}}', '}')
  return { kind: 'text', text: raw ? text : unescapeText(reader, node, text, false) }
}

function readReplacement(reader: Reader, node: SyntaxNode, raw: boolean, read: Read): FormatPiece[] {
  const children = childrenOf(node)
  const isTail = ({ name }: SyntaxNode) => /^(FormatSelfDoc|FormatConversion|FormatSpec|\})$/.test(name)
  const tail = children.findIndex(isTail)
  const value = readList(reader, children.slice(1, tail))
  const specNode = children.find(({ name }) => name === 'FormatSpec')
  const conversionNode = children.find(({ name }) => name === 'FormatConversion')
  const docNode = children.find(({ name }) => name === 'FormatSelfDoc')
  const written = conversionNode && textAt(reader, conversionNode).slice(1)
  const spec = specNode ? readSpec(reader, specNode, raw, read) : []
  const conversion = (written ?? (docNode && !specNode ? 'r' : undefined)) as 'r' | 's' | 'a' | undefined
  const piece: FormatPiece = { kind: 'value', value, conversion, spec }
  if (!docNode) return [piece]
  const after = children[children.indexOf(docNode) + 1]!
  return [{ kind: 'text', text: reader.text.slice(children[0]!.to, after.from) }, piece]
}

function readSpec(reader: Reader, node: SyntaxNode, raw: boolean, read: Read): FormatPiece[] {
  const pieces: FormatPiece[] = []
  let at = node.from + 1
  const add = (to: number) => {
    const written = reader.text.slice(at, to)
    if (written !== '') pieces.push({ kind: 'text', text: raw ? written : unescapeText(reader, node, written, false) })
  }
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue
    add(child.from)
    pieces.push(...readReplacement(reader, child, raw, read))
    at = child.to
  }
  add(node.to)
  return pieces
}
