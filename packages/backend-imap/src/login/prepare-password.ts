const mappedToSpace = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g
const mappedToNothing = /\u034f|\u200d|\p{Variation_Selector}|[\u00ad\u1806\u200c\u2060\ufeff]/gu
const prohibited =
  /\u0340|\u0341|[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u200e\u200f\u2028-\u202e\u206a-\u206f\ufff9-\uffff]/u

/**
 * One spelling for passwords that look the same (SASLprep, RFC 4013). A password that it forbids is taken as it is, since
 * servers that let one be set do that too; the rules for mixed directions of writing are left out for that reason.
 */
export function preparePassword(password: string): string {
  if (/^[\x20-\x7e]*$/.test(password)) return password
  const prepared = password.replaceAll(mappedToSpace, ' ').replaceAll(mappedToNothing, '').normalize('NFKC')
  return prohibited.test(prepared) ? password : prepared
}
