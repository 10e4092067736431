import { describe, expect, it } from 'vitest'
import { holdsMail } from './holds-mail.ts'
import { genericProfile, profiles } from './profiles.ts'

const exchange = profiles.find(({ name }) => name === 'exchange') ?? genericProfile

describe('holdsMail', () => {
  it.each([
    ['Calendar', 'Birthdays'],
    ['Sync Issues', 'Server Failures'],
    ['CONTACTS'],
    ['Synchronisierungsprobleme'],
    ['Tâches'],
    ['Ta\u0302ches'],
    ['Attività'],
    ['Contactpersonen'],
    ['Anotações'],
  ])('says no of %s on Exchange, and only there', (...segments) => {
    expect(holdsMail(exchange, segments)).toBe(false)
    expect(holdsMail(genericProfile, segments)).toBe(true)
  })

  it.each([['INBOX'], ['Work', 'Calendar'], ['Calendars'], ['Archive'], ['Sent Items'], ['Conversation History'], []])(
    'says yes of %s',
    (...segments) => {
      expect(holdsMail(exchange, segments)).toBe(true)
    },
  )
})
