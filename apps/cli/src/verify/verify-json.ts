import type { MailtideError } from '@mailtide/contracts'
import type { VerifyReport } from '@mailtide/engine'
import { plainData } from '../ui/plain-data.ts'

/** What was found, as one JSON object on a line of its own. */
export function verifiedAsJson(
  account: string,
  { deep }: { readonly deep: boolean },
  { folders, errors }: Pick<VerifyReport, 'folders'> & { readonly errors: readonly MailtideError[] },
): string {
  const differs = folders.some(({ differences }) => differences.length > 0)
  return `${JSON.stringify(plainData({ version: 1, account, deep, differs, folders, errors }))}\n`
}
