import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The tests that take minutes: run by `pnpm test:long`, never by `npm test`. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['{packages,apps,tooling}/**/*.long.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    reporters: ['default', './tooling/vitest/reporter.ts'],
    passWithNoTests: true,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
  },
})
