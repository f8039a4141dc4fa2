import { DateTime } from 'luxon'
import { alwaysOnLoad } from '@/lib/domain/always-on'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import type { ApplianceWeek } from '@/lib/domain/maintenance-week'

interface Quarter {
  /** Unix seconds. */
  at: number
  imported: number
  exported: number
  covered: number
}

/**
 * The always-on load of one meter week by week, as `energyWh` over the covered time. A week with fewer than three well measured days
 * is left out.
 * @param quarters in order
 */
export function alwaysOnWeeks(quarters: readonly Quarter[], { timeZone }: { timeZone: string }): ApplianceWeek[] {
  const [first, last] = [quarters[0]?.at, quarters.at(-1)?.at]
  if (first === undefined || last === undefined) return []
  const calendar = new LocalCalendar(timeZone, first, last)
  const weeks: ApplianceWeek[] = []
  let [begin, start] = [0, DateTime.fromSeconds(first, { zone: timeZone }).startOf('week')]
  while (begin < quarters.length) {
    const next = start.plus({ weeks: 1 })
    let end = begin
    while (end < quarters.length && (quarters[end]?.at ?? 0) < next.toSeconds()) end++
    const week = quarters.slice(begin, end)
    const coveredSeconds = week.reduce((sum, { covered }) => sum + covered, 0)
    const load = alwaysOnLoad(
      {
        startSeconds: week.map(({ at }) => at),
        importedWh: week.map(({ imported }) => imported),
        exportedWh: week.map(({ exported }) => exported),
        coveredSeconds: week.map(({ covered }) => covered),
      },
      calendar,
      1,
    )
    if (load) weeks.push(weekOf(start.toSeconds(), coveredSeconds, load.powerWatts))
    begin = end
    start = next
  }
  return weeks
}

function weekOf(startSeconds: number, coveredSeconds: number, powerWatts: number): ApplianceWeek {
  const energyWh = (powerWatts * coveredSeconds) / 3600
  return {
    startSeconds,
    coveredSeconds,
    energyWh,
    onSeconds: coveredSeconds,
    confidence: null,
    runs: 0,
    runSeconds: null,
    runsWh: [],
    heatingMinutes: [],
    modelVersionId: null,
  }
}
