import { detectIncidents, isSameIncident } from '@/lib/insights/anomaly/site/detect-incidents'
import { DAY_SECONDS, type Incident } from '@/lib/insights/anomaly/site/incident'
import { PLANTED_FAULTS, type PlantedFault } from './planted-faults'
import { copyHome, historyUntil, renderHome, type HomeMinutes } from './simulated-homes'

/** Monday, local midnight, in winter: the heat pump runs. */
const START_SECONDS = Date.UTC(2026, 0, 4, 23) / 1000
const DAYS = 56
/** Nothing is judged before: what is usual has to be known. */
const LEARN_DAYS = 26
const FAULT_DAY = 30
/** After the fault's beginning, how long it may take to be found. */
const FAULT_DAYS = 4
const LOOK_EVERY_SECONDS = 6 * 3600
const MONTH_DAYS = 30
export const HOME_SEEDS = [11, 23, 37, 41]

/** Looks every six hours, as the background job does every hour, and keeps each incident once. */
export function watch(home: HomeMinutes, fromDay: number, toDay: number): { incident: Incident; foundSeconds: number }[] {
  const known: { incident: Incident; foundSeconds: number }[] = []
  const at = (day: number) => home.startSeconds + day * DAY_SECONDS
  for (let now = at(fromDay); now <= at(toDay); now += LOOK_EVERY_SECONDS) {
    for (const incident of detectIncidents(historyUntil(home, now))) {
      const same = known.findLast((each) => isSameIncident(each.incident, incident))
      if (same) same.incident = { ...incident, startSeconds: same.incident.startSeconds }
      else known.push({ incident, foundSeconds: now })
    }
  }
  return known
}

export function findFault(home: HomeMinutes, fault: PlantedFault): { hours: number; incident: Incident } | null {
  const changed = copyHome(home)
  fault.plant(changed, FAULT_DAY * 24 * 60)
  const begin = home.startSeconds + FAULT_DAY * DAY_SECONDS
  const found = watch(changed, FAULT_DAY, FAULT_DAY + FAULT_DAYS).find(({ incident }) => {
    return fault.found.includes(incident.type) && (fault.appliance === null || incident.appliance === fault.appliance)
  })
  return found ? { incident: found.incident, hours: (found.foundSeconds - begin) / 3600 } : null
}

/** Markdown: which planted faults are found in simulated homes, and the false alarms in the same homes without any. */
export function evaluateFaults(seeds: readonly number[] = HOME_SEEDS): string {
  const homes = seeds.map((seed) => renderHome(seed, START_SECONDS, DAYS))
  const alarms = homes.map((home) => watch(home, LEARN_DAYS, DAYS).map(({ incident }) => incident))
  const months = (DAYS - LEARN_DAYS) / MONTH_DAYS
  const rows = PLANTED_FAULTS.map((fault) => {
    const hits = homes.flatMap((home) => findFault(home, fault) ?? [])
    const hours = hits.map(({ hours }) => hours).sort((a, b) => a - b)
    const types = [...new Set(hits.map(({ incident }) => incident.type))].join(', ')
    return `| ${fault.name} | ${hits.length} of ${homes.length} | ${hours.length === 0 ? '-' : hours[Math.floor(hours.length / 2)]} | ${types} |`
  })
  const kinds = rows.filter((row) => !row.includes('| 0 of')).length
  const perMonth = alarms.flat().length / homes.length / months
  const false_ = alarms.flat().map(({ type, appliance }) => [type, appliance].filter(Boolean).join(' '))
  return [
    `Planted faults in ${homes.length} simulated homes (minutes and true runs of the simulator, without the network; looked at every ` +
      `6 h, ${LEARN_DAYS} days or more of history): **${kinds} of ${rows.length}** kinds found; ` +
      `**${perMonth.toFixed(2)}** false alarms a home a month without faults${false_.length > 0 ? ` (${false_.join(', ')})` : ''}.`,
    '',
    '| fault | found | hours from its midnight, median | as |',
    '|---|---:|---:|---|',
    ...rows,
  ].join('\n')
}

export { DAYS, LEARN_DAYS, START_SECONDS }
