/** `m:ss`, or `h:mm:ss` from an hour on. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (count: number) => String(count).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  const rest = `${two(minutes % 60)}:${two(whole % 60)}`
  return minutes >= 60 ? `${Math.floor(minutes / 60)}:${rest}` : rest.replace(/^0(?=\d:)/, '')
}
