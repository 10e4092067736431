// Read by Node 24 and newer only.
'use strict'

const { enableCompileCache } = module.require('module')
const { pathToFileURL } = module.require('url')

/** Starts the program, keeping what was compiled for the next time. */
module.exports = function startProgram(program) {
  enableCompileCache()
  return import(pathToFileURL(program).href).then((built) => built.main())
}
