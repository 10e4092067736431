import { type AskingOptions, askProgram, failureOf } from './ask-program.ts'

/** Calls a method of the secret service by `dbus-send`; `call` is the object's path, the method, and its parameters. */
export async function callService(command: string, call: readonly string[], asking: AskingOptions): Promise<string> {
  const args = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', ...call]
  const { exitCode, stdout, stderr } = await askProgram(command, args, asking)
  if (exitCode !== 0) throw failureOf(command, stderr)
  return Buffer.from(stdout).toString()
}
