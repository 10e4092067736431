import { readArguments } from './arguments.ts'
import { exitCodes } from './exit-codes.ts'
import { version } from './version.ts'

/** After the work is done, something may still hold on to the process; it gets so long to let go. */
const lastGasp = 3000

/** The program: reads the command line, runs what it asks for, sets the exit code. */
export async function main(words: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.exitCode = await run(words)
  setTimeout(() => process.exit(), lastGasp).unref()
}

async function run(words: readonly string[]): Promise<number> {
  const asked = readArguments(words)
  switch (asked.command) {
    case 'version':
      process.stdout.write(`${version}\n`)
      return exitCodes.done
    case 'versions': {
      const { openssl, sqlite } = process.versions
      process.stdout.write(`mailtide v${version}, Node ${process.version}, OpenSSL ${openssl}, SQLite ${sqlite}\n`)
      return exitCodes.done
    }
    case 'help': {
      const { helpText } = await import('./help-text.ts')
      process.stdout.write(helpText())
      return exitCodes.done
    }
    case 'none': {
      const { printable } = await import('./lines/printable.ts')
      for (const mistake of asked.mistakes) process.stderr.write(`mailtide: ${printable(mistake)}\n`)
      process.stderr.write('Usage: mailtide [flags]; mailtide --help shows them.\n')
      return exitCodes.wrongUsage
    }
    case 'config explain': {
      const { explainCommand } = await import('./commands/explain-command.ts')
      return explainCommand(asked.option)
    }
    case 'config dump': {
      const { dumpCommand } = await import('./commands/dump-command.ts')
      return dumpCommand(asked.flags, asked.sample, await surroundingsOf(words))
    }
    case 'config check': {
      const { checkCommand } = await import('./commands/check-command.ts')
      return checkCommand(asked.flags, await surroundingsOf(words))
    }
    case 'login': {
      const { loginCommand } = await import('./login/login-command.ts')
      return loginCommand(asked.login, asked.flags, await surroundingsOf(words))
    }
    case 'folders': {
      const { foldersCommand } = await import('./commands/folders-command.ts')
      return foldersCommand(asked.flags, await surroundingsOf(words))
    }
    case 'verify': {
      const { verifyCommand } = await import('./verify/verify-command.ts')
      return verifyCommand(asked.verify, asked.flags, await surroundingsOf(words))
    }
    case 'info': {
      const { infoCommand } = await import('./run/info-command.ts')
      return infoCommand(asked.flags, await surroundingsOf(words))
    }
    case 'migrate hashes': {
      const { migrateCommand } = await import('./modes/migrate-command.ts')
      return migrateCommand(asked.flags, await surroundingsOf(words))
    }
    case 'prune mailboxes': {
      const { pruneCommand } = await import('./modes/prune-command.ts')
      return pruneCommand(asked.flags, await surroundingsOf(words))
    }
    case 'delete folder': {
      const { deleteFolderCommand } = await import('./modes/delete-folder-command.ts')
      return deleteFolderCommand(asked.name, asked.flags, await surroundingsOf(words))
    }
    case 'sync': {
      const { syncCommand } = await import('./run/sync-command.ts')
      return syncCommand(asked.flags, await surroundingsOf(words))
    }
  }
}

async function surroundingsOf(words: readonly string[]) {
  return (await import('./run/surroundings.ts')).ownSurroundings(words)
}
