import type { LabelLanguage } from '../habits/habits.ts'

/** The special folders by their uses (RFC 6154, RFC 8457), and the labels that stand for them. */
export const specialLabels = {
  '\\All': undefined,
  '\\Drafts': '\\Drafts',
  '\\Important': '\\Important',
  '\\Sent': '\\Sent',
  '\\Junk': '\\Spam',
  '\\Flagged': '\\Starred',
  '\\Trash': '\\Trash',
} as const

/** The use of a special folder. */
export type SpecialUse = keyof typeof specialLabels

/** What the special folders are called, in the order of the uses above. */
const names: Readonly<Record<LabelLanguage, readonly string[]>> = {
  en: ['All Mail', 'Drafts', 'Important', 'Sent Mail', 'Spam', 'Starred', 'Trash'],
  de: ['Alle Nachrichten', 'Entwürfe', 'Wichtig', 'Gesendet', 'Spam', 'Markiert', 'Papierkorb'],
  es: ['Todos', 'Borradores', 'Importantes', 'Enviados', 'Spam', 'Destacados', 'Papelera'],
  fr: ['Tous les messages', 'Brouillons', 'Important', 'Messages envoyés', 'Spam', 'Suivis', 'Corbeille'],
  pl: ['Wszystkie', 'Wersje robocze', 'Ważne', 'Wysłane', 'Spam', 'Oznaczone gwiazdką', 'Kosz'],
}

/** The names of the special folders in a language, with their uses. */
export function specialFolders(
  language: LabelLanguage,
): readonly { readonly use: SpecialUse; readonly name: string }[] {
  const uses = Object.keys(specialLabels) as SpecialUse[]
  return uses.map((use, index) => ({ use, name: names[language][index]! }))
}
