import { headerEnd } from '../mime/entity.ts'
import { fieldValue, parseHeader } from '../mime/header.ts'
import type { Numbered, View } from '../session/view.ts'
import type { StoredMessage } from '../store/message.ts'
import { dayOf, dayOfHeader } from '../wire/dates.ts'
import { isInRanges } from '../wire/sequence-set.ts'
import type { SearchKey } from './search-keys.ts'

/** Whether a message is one that is searched for. */
export type Matcher = (numbered: Numbered) => boolean

/** Makes a question of a key, for one open mailbox. */
export function matcherOf(key: SearchKey, view: View): Matcher {
  switch (key.kind) {
    case 'all':
      return () => true
    case 'recent':
      return ({ message }) => view.isRecent(message)
    case 'new':
      return ({ message }) => view.isRecent(message) && !message.flags.has('\\Seen')
    case 'old':
      return ({ message }) => !view.isRecent(message)
    case 'and': {
      const matchers = key.keys.map((inner) => matcherOf(inner, view))
      return (numbered) => matchers.every((matches) => matches(numbered))
    }
    case 'or': {
      const matchers = key.keys.map((inner) => matcherOf(inner, view))
      return (numbered) => matchers.some((matches) => matches(numbered))
    }
    case 'not': {
      const matches = matcherOf(key.key, view)
      return (numbered) => !matches(numbered)
    }
    case 'flag': {
      const wanted = key.flag.toLowerCase()
      return ({ message }) => [...message.flags].some((flag) => flag.toLowerCase() === wanted)
    }
    case 'header':
      return ({ message }) => headerHolds(message, key.name, key.text)
    case 'body':
      return ({ message }) => holds(message.bytes.subarray(headerEnd(message.bytes)), key.text)
    case 'text':
      return ({ message }) => holds(message.bytes, key.text)
    case 'date':
      return ({ message }) => {
        const day = key.of === 'received' ? dayOf(message.internalDate) : sentDay(message)
        return day !== undefined && isOnSide(day, key.is, key.day)
      }
    case 'larger':
      return ({ message }) => message.bytes.length > key.size
    case 'smaller':
      return ({ message }) => message.bytes.length < key.size
    case 'numbers': {
      const ranges = view.resolve(key.set, false)
      return ({ number }) => isInRanges(ranges, number)
    }
    case 'uids': {
      const ranges = view.resolve(key.set, true)
      return ({ message }) => isInRanges(ranges, message.uid)
    }
    case 'label':
      return ({ message }) => hasLabel(view, message, key.text)
    case 'label-raw': {
      const matchers = key.text.split(/\s+/).map((term) => rawMatcher(term, view))
      return (numbered) => matchers.every((matches) => matches(numbered))
    }
    case 'letter':
      return ({ message }) => message.letter?.id === key.id
    case 'thread':
      return ({ message }) => message.letter?.threadId === key.id
    case 'mod-sequence':
      return ({ message }) => message.modSeq >= key.modSeq
  }
}

function hasLabel({ mailbox }: View, message: StoredMessage, label: string): boolean {
  return mailbox.labelsOf(message)?.some((one) => one.toLowerCase() === label) ?? false
}

/** One term of the web's search: `label:`, `in:`, `is:`, `subject:`, `from:`, `rfc822msgid:`, or a word of the text. */
function rawMatcher(term: string, view: View): Matcher {
  const [, operator = '', value = term] = /^-?(?:(\w+):)?(.*)$/.exec(term) ?? []
  const matches: Matcher = ({ message }) => {
    switch (operator) {
      case 'label':
        return hasLabel(view, message, value)
      case 'in':
        return value === 'anywhere' || hasLabel(view, message, `\\${value}`)
      case 'is':
        if (value === 'read' || value === 'unread') return message.flags.has('\\Seen') === (value === 'read')
        return hasLabel(view, message, `\\${value}`)
      case 'subject':
      case 'from':
        return headerHolds(message, operator, value)
      case 'rfc822msgid':
        return headerHolds(message, 'message-id', value)
      default:
        return holds(message.bytes, value)
    }
  }
  return term.startsWith('-') ? (numbered) => !matches(numbered) : matches
}

function isOnSide(day: number, is: 'before' | 'on' | 'since', limit: number): boolean {
  switch (is) {
    case 'before':
      return day < limit
    case 'on':
      return day === limit
    case 'since':
      return day >= limit
  }
}

function fieldsOf({ bytes }: StoredMessage) {
  return parseHeader(bytes.subarray(0, headerEnd(bytes)))
}

// An empty text finds every message that has the field at all.
function headerHolds(message: StoredMessage, name: string, text: string): boolean {
  return fieldsOf(message).some((field) => field.name === name && field.value.toLowerCase().includes(text))
}

function sentDay(message: StoredMessage): number | undefined {
  return dayOfHeader(fieldValue(fieldsOf(message), 'date') ?? '')
}

function holds(octets: Buffer, text: string): boolean {
  return octets.toString('latin1').toLowerCase().includes(text)
}
