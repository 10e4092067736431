import { spawn } from 'node:child_process'

/** Opens an address in the user's browser, if there is a desktop to open it on. What becomes of it nobody waits for. */
export function openInBrowser(
  address: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): boolean {
  const hasDesktop = platform === 'darwin' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY']
  const program = environment['BROWSER'] ?? (platform === 'darwin' ? 'open' : 'xdg-open')
  if (!hasDesktop && !environment['BROWSER']) return false
  const child = spawn(program, [address], { detached: true, stdio: 'ignore' })
  // The address has been shown: a program that is missing costs nothing.
  child.on('error', () => undefined)
  child.unref()
  return true
}
