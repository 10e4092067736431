import type { CommandTable } from '../session/command.ts'
import { reportChanges } from '../session/report-changes.ts'
import { malformed } from '../wire/command-error.ts'

/** IDLE (RFC 2177): changes are told at once, until the client says DONE. */
export const idleCommands: CommandTable = {
  IDLE: {
    needs: 'login',
    extension: 'IDLE',
    async run(session, args) {
      args.end()
      const { connection, respond } = session
      let isIdle = true
      let isScheduled = false
      function report(): void {
        isScheduled = false
        if (!isIdle || session.ended) return
        reportChanges(session, { expunges: true, uids: false })
        void connection.flush()
      }
      const before = session.onChange
      session.busy = false
      respond.continuation('idling')
      session.onChange = () => {
        if (!isScheduled) setImmediate(report)
        isScheduled = true
      }
      report()
      session.notifications?.tell()
      const line = await connection.readLine()
      isIdle = false
      session.onChange = before
      if (line?.toUpperCase() !== 'DONE') throw malformed('Expected DONE')
      return { text: 'IDLE completed' }
    },
  },
}
