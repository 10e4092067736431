import { manualPage as configurationPage, minimalFile, sampleFile } from '@mailtide/config'
import { manualPage } from './manual-page.ts'

/** The files of `share/`, made from the table of options, the flags and the exit codes: `pnpm --filter mailtide share` writes them. */
export function shareFiles(): Readonly<Record<string, string>> {
  return {
    'mailtide.conf': sampleFile(),
    'mailtide.conf.minimal': minimalFile(),
    'mailtide.1': manualPage(),
    'mailtide.conf.5': configurationPage(),
  }
}
