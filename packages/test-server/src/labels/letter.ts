import type { Mailbox } from '../store/mailbox.ts'
import type { NewMessage, StoredMessage } from '../store/message.ts'

/** One message of an account with labels, however many folders it is in. */
export interface Letter {
  /** X-GM-MSGID */
  readonly id: bigint
  /** X-GM-THRID: the id of the conversation's first message. */
  readonly threadId: bigint
  /** What stands for it in each folder. */
  readonly copies: Map<Mailbox, StoredMessage>
}

/** A message on its way into a folder, which may be there already under other labels. */
export interface Arriving extends NewMessage {
  readonly letter?: Letter | undefined
}
