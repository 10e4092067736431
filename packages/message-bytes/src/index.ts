export { bodyOf, bytesOf, isWhole } from './body.ts'
export { headerLength, identityHeaderLimit, identityOf } from './identity.ts'
export { type ChunkConverter, countBareLf, createCrlfConverter, createLfConverter, toCrlf, toLf } from './line-ends.ts'
