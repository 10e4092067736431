const [what] = process.argv.slice(2).filter((arg) => arg !== '--')
await (what === 'config' ? import('./config-main.ts') : import('./sync-main.ts'))

export {}
