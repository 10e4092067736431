/**
 * The outermost folders in which Exchange keeps what is no mail, as it names them in the languages of its mailboxes.
 *
 * The conversation history, RSS feeds and the outbox hold messages, and are left alone. `Notes` and `Journal` hold items
 * of Outlook here; on other servers they may be anybody's mail folders.
 */
export const exchangeItems: readonly string[] = [
  // English
  ...['calendar', 'contacts', 'journal', 'notes', 'tasks', 'sync issues', 'suggested contacts'],
  // German
  ...['kalender', 'kontakte', 'notizen', 'aufgaben', 'synchronisierungsprobleme', 'vorgeschlagene kontakte'],
  // French
  ...['calendrier', 'tâches', 'problèmes de synchronisation'],
  // Spanish
  ...['calendario', 'contactos', 'diario', 'notas', 'tareas', 'problemas de sincronización'],
  // Italian
  ...['contatti', 'note', 'attività', 'problemi di sincronizzazione'],
  // Dutch
  ...['agenda', 'contactpersonen', 'logboek', 'notities', 'taken', 'synchronisatieproblemen'],
  // Portuguese
  ...['calendário', 'contatos', 'diário', 'anotações', 'tarefas', 'problemas de sincronização'],
]
