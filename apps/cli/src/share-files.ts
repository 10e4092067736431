import { manualPage, minimalFile, sampleFile } from '@mailtide/config'

/** The files of `share/`, all made from the table of options: `pnpm --filter mailtide share` writes them. */
export function shareFiles(): Readonly<Record<string, string>> {
  return {
    'mailtide.conf': sampleFile(),
    'mailtide.conf.minimal': minimalFile(),
    'mailtide.conf.5': manualPage(),
  }
}
