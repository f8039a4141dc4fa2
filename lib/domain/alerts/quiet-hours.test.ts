import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { quietUntil } from './quiet-hours'

const BERLIN = 'Europe/Berlin'
const at = (iso: string, zone = BERLIN) => DateTime.fromISO(iso, { zone }).toSeconds()
const night = { from: '22:00', until: '07:00', criticalPasses: true }

describe('quiet hours', () => {
  it('hold an alert until their end on the site’s clock, over midnight', () => {
    expect(quietUntil(at('2026-01-10T23:15:20'), night, BERLIN, 'warning')).toBe(at('2026-01-11T07:00'))
    expect(quietUntil(at('2026-01-11T06:59:59'), night, BERLIN, 'warning')).toBe(at('2026-01-11T07:00'))
    expect(quietUntil(at('2026-01-11T07:00'), night, BERLIN, 'warning')).toBeNull()
    expect(quietUntil(at('2026-01-10T23:15', 'UTC'), night, 'America/New_York', 'warning')).toBeNull()
  })

  it('let critical alerts pass only where that was wanted', () => {
    const moment = at('2026-01-10T23:15')
    expect(quietUntil(moment, night, BERLIN, 'critical')).toBeNull()
    expect(quietUntil(moment, { ...night, criticalPasses: false }, BERLIN, 'critical')).toBe(at('2026-01-11T07:00'))
  })

  it('end when the clock shows their end on nights of 8 and of 10 hours', () => {
    const [spring, autumn] = [at('2026-03-28T22:00'), at('2026-10-24T22:00')]
    expect(quietUntil(spring, night, BERLIN, 'info')! - spring).toBe(8 * 3600)
    expect(quietUntil(autumn, night, BERLIN, 'info')! - autumn).toBe(10 * 3600)
  })

  it('end with the first minute after it where the clocks skip their end', () => {
    const until = quietUntil(at('2026-03-28T23:00'), { ...night, until: '02:30' }, BERLIN, 'info')
    expect(DateTime.fromSeconds(until!, { zone: BERLIN }).toISO()).toBe('2026-03-29T03:00:00.000+02:00')
  })

  it('are quiet again where the clocks repeat an hour of them', () => {
    const quiet = { ...night, until: '02:30' }
    const secondTwoOClock = Date.parse('2026-10-25T01:10:00Z') / 1000
    expect(quietUntil(secondTwoOClock, quiet, BERLIN, 'info')).toBe(Date.parse('2026-10-25T01:30:00Z') / 1000)
    expect(quietUntil(Date.parse('2026-10-25T00:40:00Z') / 1000, quiet, BERLIN, 'info')).toBeNull()
  })
})
