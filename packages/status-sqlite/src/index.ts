export { openStatus, type StatusOptions } from './open-status.ts'
