export { type Flag, type FlagName, flags } from 'mailtide/src/flags.ts'
