/** The program with all that it needs in one folder: nothing to resolve at the start, and each command loads only its part. */
export default {
  entry: ['src/main.ts'],
  format: 'esm',
  target: 'node24',
  platform: 'node',
  clean: true,
  splitting: true,
  noExternal: [/.*/],
  removeNodeProtocol: false,
  // Libraries written for CommonJS ask for Node's own modules by require().
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
}
