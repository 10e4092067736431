import { readEventGroups } from '../notify/event-groups.ts'
import { openNotifications } from '../notify/notifications.ts'
import type { CommandTable } from '../session/command.ts'

/** NOTIFY (RFC 5465). */
export const notifyCommands: CommandTable = {
  NOTIFY: {
    needs: 'login',
    extension: 'NOTIFY',
    run(session, args) {
      args.space()
      const isNone = args.accept('NONE')
      if (isNone) args.end()
      else args.expect('SET')
      const status = args.accept(' STATUS')
      const groups = isNone ? [] : readEventGroups(args)
      session.notifications?.stop()
      session.notifications = isNone ? undefined : openNotifications(session, groups, { status })
      return { text: 'NOTIFY completed' }
    },
  },
}
