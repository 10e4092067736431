/** What texts and subjects are made of. */
export const words =
  'the of and to in is that for it with as was on are by this be at from report meeting patch release build server budget invoice travel draft review schedule kernel index folder thread commit status question answer update failure window customer größe café naïve señor übung łódź 会議 資料 проект отчёт żółw œuvre'.split(
    ' ',
  )

/** The words that need no more than ASCII. */
export const plainWords = words.filter((word) => /^[\x20-\x7e]+$/.test(word))

/** Addresses of domains that are nobody's (RFC 2606). */
export const domains = ['example.org', 'example.com', 'mail.example.net', 'lists.example.org']
