import { describe, expect, it } from 'vitest'
import type { Level, Line } from '../lines/line.ts'
import { createPaper, play } from '../testing/play.ts'
import { run } from '../testing/run-events.ts'
import { syslogLine } from './syslog.ts'
import { createSyslogUi } from './syslog-ui.ts'

/** A syslog that can go away. */
function scene() {
  const sent: string[] = []
  const paper = createPaper()
  let lose: (reason: string) => void = () => undefined
  const ui = createSyslogUi({
    open(unreachable) {
      lose = unreachable
      return { write: (line: Line) => sent.push(syslogLine(line)), close: () => undefined }
    },
    writer: paper,
  })
  return { ui, sent, text: paper.text, lose: (reason: string) => lose(reason) }
}

describe('the user interface syslog', () => {
  it('sends lines with their severity, and shows nothing', async () => {
    const { ui, sent, text } = scene()
    play(ui, run)
    expect(text()).toBe('')
    await expect(sent.join('')).toMatchFileSnapshot('golden/run.syslog.txt')
  })

  it('does not lose warnings and errors where there is no syslog', () => {
    const { ui, text, lose } = scene()
    ui.show({
      lines: [
        { level: 'error', text: 'before' },
        { level: 'info', text: 'unimportant' },
      ],
    })
    lose('nobody listens')
    ui.show({ lines: [{ level: 'warning', text: 'after' }] })
    expect(text()).toBe("WARNING: syslog can't be reached: nobody listens\nERROR: before\nWARNING: after\n")
  })
})

describe('syslogLine', () => {
  it.each<[Level, number]>([
    ['debug', 7],
    ['info', 6],
    ['warning', 4],
    ['error', 3],
  ])('maps %s', (level, severity) => {
    expect(syslogLine({ level, text: 'x' })).toMatch(new RegExp(`^<${severity}>`))
  })

  it('keeps one line one line, and its severity its own', () => {
    expect(syslogLine({ level: 'info', text: '<0>a\n<0>b\x1b[2J' })).toBe('<6><0>a\\x0a<0>b\\x1b[2J\n')
  })
})
