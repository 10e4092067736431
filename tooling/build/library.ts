import { defineConfig } from 'tsup'

/** How every published package is built: one ES module; its types come from `tsc`. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node24',
  clean: true,
  removeNodeProtocol: false,
})
