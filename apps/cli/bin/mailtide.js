#!/usr/bin/env node
// Every Node there is can read this file, so that one too old for mailtide still says what it lacks.
'use strict'

const fs = module.require('fs')
const path = module.require('path')

const needed = 24
const program = path.join(__dirname, '..', 'dist', 'main.js')

function start() {
  if (!fs.existsSync(program)) {
    return giveUp('mailtide is not built yet. In the checkout, type: npm run bootstrap && npm run build')
  }
  if (parseInt(process.versions.node, 10) >= needed) return module.require('./start.js')(program)
  const newer = findNode(__dirname)
  if (newer !== undefined) return runWith(newer)
  giveUp(`mailtide needs Node ${needed} or newer; this is ${process.version}. Newer ones: https://nodejs.org`)
}

// The `node` package puts a Node of its own into the dependencies of a project.
function findNode(directory) {
  const candidate = path.join(directory, 'node_modules', 'node', 'bin', 'node')
  if (fs.existsSync(candidate)) return candidate
  const parent = path.dirname(directory)
  return parent === directory ? undefined : findNode(parent)
}

function runWith(node) {
  const spawn = module.require('child_process').spawn
  const child = spawn(node, [__filename].concat(process.argv.slice(2)), { stdio: 'inherit' })
  const passedOn = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGABRT']
  passedOn.forEach(function listen(signal) {
    process.on(signal, function pass() {
      child.kill(signal)
    })
  })
  process.on('SIGINT', function interrupt() {
    // On a terminal, Ctrl-C reaches the child by itself.
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
  child.on('error', function fail(error) {
    giveUp(`mailtide could not start ${node}: ${error.message}`)
  })
  child.on('exit', function end(code, signal) {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function giveUp(message) {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

start()
