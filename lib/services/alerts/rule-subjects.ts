import { ALERT_SEVERITIES, type AlertCondition, type Unjudged } from '@/lib/contracts/alerts'
import {
  coveredSeconds, lastRunEnds, newestReadings, readAnomalies, readingsAfter, readMinutePower, readRuns, type Run,
} from '@/lib/data/alerts/alert-facts'
import { ANOMALY_SUBJECT } from '@/lib/data/alerts/alert-events'
import type { BuildingRow } from '@/lib/data/buildings'
import { readElectricalBins } from '@/lib/data/electrical-bins'
import type { SiteRow } from '@/lib/data/sites'
import { thresholdEpisodes, type Episode, type Step } from '@/lib/domain/alerts/episodes'
import { isInClockWindow } from '@/lib/domain/alerts/quiet-hours'
import { deviationPercent } from '@/lib/domain/deviation'
import { localDayStartSeconds, nextLocalDayStartSeconds } from '@/lib/domain/periods'
import { QUALITY_BIN_SECONDS, qualityLimits } from '@/lib/domain/power-quality'
import { reportEnergy } from '@/lib/services/energy-report'

/** What a rule finds about one thing: the site, or one of its buildings. */
export interface SubjectFinding {
  subject: string
  buildingName: string | null
  episodes: Episode[]
  /** When what is no longer found ended, Unix seconds; now where not given. */
  clearedAt?: number
  /** What an event that has ended came to in all, where that is more than when it began; Unix seconds. */
  endValue?(event: { startedAt: number; endedAt: number }): number | null
}

/** Subjects of which nothing can be said are absent: what is open about them stays open. */
export interface Findings {
  subjects: SubjectFinding[]
  unjudged: Unjudged | null
}

export interface Look {
  site: SiteRow
  nowSeconds: number
  /** From when on it is looked, Unix seconds. */
  sinceSeconds: number
  /** When it was last looked, Unix seconds; null where it never was. */
  checkedAt: number | null
  /** When the open event of a subject began; null where none is open. */
  openSince(subject: string): number | null
  /** Subjects with an open event. */
  openSubjects: readonly string[]
}

type Of<Kind extends AlertCondition['kind']> = Extract<AlertCondition, { kind: Kind }>

const WHOLE_SITE = 'site'
/** How far back behind a limit a value must be: this share of it, but at least so many watts. */
const MARGIN_SHARE = 0.05
const LEAST_MARGIN_WATTS = 10
/** "It did not run" counts only where this share of the time was measured. */
const LEAST_COVERAGE = 0.9
/** A run is only known to go on as long as readings come. */
const RUN_STALE_SECONDS = 900
/** After a day is over, its last readings are stored within this. */
const DAY_ENDS_WITHIN_SECONDS = 600

/** Where a rule's condition held in the stored data. */
export async function findSubjects(condition: AlertCondition, look: Look): Promise<Findings> {
  switch (condition.kind) {
    case 'power':
      return power(condition, look)
    case 'appliance-on':
      return runs(condition.appliance, look, (run, known) => {
        const seconds = known - run.startedAt
        return seconds < condition.minutes * 60 ? null : { startedAt: run.startedAt, endedAt: run.endedAt, value: seconds / 60 }
      })
    case 'appliance-hours':
      return runs(condition.appliance, look, (run, known) => hoursEpisode(condition, run, known, look))
    case 'appliance-idle':
      return idle(condition, look)
    case 'daily-energy':
      return day(look, condition.kilowattHours, 'energy')
    case 'daily-cost':
      return day(look, condition.amount, 'cost')
    case 'no-readings':
      return silence(condition, look)
    case 'power-quality':
      return quality(condition, look)
    case 'anomaly':
      return anomalies(condition, look)
  }
}

async function power({ direction, watts, forMinutes, buildingId }: Of<'power'>, look: Look): Promise<Findings> {
  const { site, nowSeconds } = look
  const buildings = site.buildings.filter(({ id }) => buildingId === undefined || id === buildingId)
  if (buildings.length === 0) return { subjects: [], unjudged: 'no-readings' }
  const subject = buildingId ?? WHOLE_SITE
  const open = look.openSince(subject)
  // What has lasted for days is known to be open: only whether it goes on has to be read.
  const from = minuteOf(Math.max(open ?? 0, look.sinceSeconds - forMinutes * 60))
  const measured = await readMinutePower(buildings.map(({ key }) => key), from, minuteOf(nowSeconds))
  const newest = measured.at(-1)
  if (!newest) return { subjects: [], unjudged: 'no-readings' }
  const wattsAt = new Map(measured.map((minute) => [minute.minuteSeconds, minute]))
  const steps: Step[] = []
  for (let at = from; at <= newest.minuteSeconds; at += 60) {
    const minute = wattsAt.get(at)
    // A sum that lacks a building is not the site's.
    steps.push({ startSeconds: at, value: minute && minute.buildings === buildings.length ? minute.watts : null })
  }
  const margin = Math.max(LEAST_MARGIN_WATTS, Math.abs(watts) * MARGIN_SHARE)
  const episodes = thresholdEpisodes(steps, { direction, limit: watts, margin, steps: forMinutes }, open)
  const isKnown = steps.some(({ value }) => value !== null)
  const buildingName = buildingId === undefined ? null : buildings[0]!.name
  return isKnown ? { subjects: [{ subject, buildingName, episodes }], unjudged: null } : { subjects: [], unjudged: 'too-few-readings' }
}

/** @param episodeOf what a run means; `known`: until when it is known to have gone on, Unix seconds */
async function runs(
  appliance: Of<'appliance-on'>['appliance'],
  look: Look,
  episodeOf: (run: Run, known: number) => Episode | null,
): Promise<Findings> {
  const { buildings } = look.site
  const keys = buildings.map(({ key }) => key)
  const [found, newest] = await Promise.all([readRuns(keys, appliance, look.sinceSeconds), newestReadings(keys)])
  return perBuilding(buildings, (building) => {
    const latest = newest.get(building.key)
    if (latest === undefined || latest < look.nowSeconds - RUN_STALE_SECONDS) return null
    const own = found.filter(({ buildingKey }) => buildingKey === building.key)
    return own.flatMap((run) => episodeOf(run, run.endedAt ?? Math.min(latest, look.nowSeconds)) ?? [])
  }, { endValue: minutesOf })
}

/** The part of a run that lies in the hours; where it reaches into several days' hours, the last of them. */
function hoursEpisode(hours: Of<'appliance-hours'>, run: Run, known: number, { site, sinceSeconds }: Look): Episode | null {
  const isIn = (at: number) => isInClockWindow(at, hours, site.timeZone)
  let startedAt: number | null = null
  let endedAt: number | null = null
  for (let at = Math.max(run.startedAt, sinceSeconds); at <= known; at = minuteOf(at) + 60) {
    if (isIn(at)) {
      if (startedAt === null || endedAt !== null) startedAt = at
      endedAt = null
    } else if (startedAt !== null && endedAt === null) endedAt = at
  }
  if (startedAt === null) return null
  const end = endedAt ?? run.endedAt
  return { startedAt, endedAt: end, value: ((end ?? known) - startedAt) / 60 }
}

async function idle({ appliance, days }: Of<'appliance-idle'>, { site, nowSeconds }: Look): Promise<Findings> {
  const seconds = days * 86_400
  const keys = site.buildings.map(({ key }) => key)
  const [last, covered] = await Promise.all([
    lastRunEnds(keys, appliance, nowSeconds),
    coveredSeconds(keys, nowSeconds - seconds, nowSeconds),
  ])
  if (last.size === 0) return { subjects: [], unjudged: 'never-seen' }
  return perBuilding(
    site.buildings.filter(({ key }) => last.has(key)),
    ({ key }) => {
      const endedAt = last.get(key)!
      if (nowSeconds - endedAt < seconds) return []
      if ((covered.get(key) ?? 0) < LEAST_COVERAGE * seconds) return null
      return [{ startedAt: endedAt, endedAt: null, value: Math.floor((nowSeconds - endedAt) / 86_400) }]
    },
    { unjudged: 'too-few-readings', clearedAt: last, endValue: ({ startedAt, endedAt }) => Math.floor((endedAt - startedAt) / 86_400) },
  )
}

async function day({ site, nowSeconds, checkedAt, openSince }: Look, limit: number, of: 'energy' | 'cost'): Promise<Findings> {
  const fromSeconds = localDayStartSeconds(nowSeconds, site.timeZone)
  const sumOf = async (at: number) => {
    const period = { fromSeconds: localDayStartSeconds(at, site.timeZone), toSeconds: nextLocalDayStartSeconds(at, site.timeZone) }
    const { total } = await reportEnergy(site, { ...period, granularity: 'day', by: 'appliance' }, nowSeconds)
    return { ...period, isMeasured: total.importedKwh !== null, value: of === 'energy' ? total.importedKwh : total.energyCost }
  }
  const whole = { subject: WHOLE_SITE, buildingName: null }
  const open = openSince(WHOLE_SITE)
  // A day's alert ends with the day, before another one's begins.
  if (open !== null && open < fromSeconds) {
    const { value, toSeconds } = await sumOf(open)
    return { subjects: [{ ...whole, episodes: [], clearedAt: toSeconds, endValue: () => value }], unjudged: null }
  }
  // Its last readings are stored after it is over, and nobody may have looked at its end.
  const isJustOver = checkedAt !== null && checkedAt < fromSeconds + DAY_ENDS_WITHIN_SECONDS
  const days = await Promise.all([...(isJustOver ? [fromSeconds - 1] : []), nowSeconds].map(sumOf))
  const episodes = days.flatMap(({ value, fromSeconds: startedAt, toSeconds }) =>
    value !== null && value > limit ? [{ startedAt, endedAt: toSeconds <= nowSeconds ? toSeconds : null, value }] : [])
  const today = days.at(-1)
  if (episodes.length === 0 && today?.value === null) return { subjects: [], unjudged: today.isMeasured ? 'no-price' : 'no-readings' }
  return { subjects: [{ ...whole, episodes }], unjudged: null }
}

async function silence({ minutes }: Of<'no-readings'>, { site, nowSeconds, openSince }: Look): Promise<Findings> {
  const open = site.buildings.flatMap(({ key, id }) => {
    const since = openSince(id)
    return since === null ? [] : [{ key, since }]
  })
  const [newest, cameBack] = await Promise.all([newestReadings(site.buildings.map(({ key }) => key)), readingsAfter(open)])
  return perBuilding(site.buildings, ({ key }) => {
    const at = newest.get(key)
    // A meter that never sent anything has not stopped.
    if (at === undefined) return null
    const seconds = nowSeconds - at
    return seconds < minutes * 60 ? [] : [{ startedAt: at, endedAt: null, value: seconds / 60 }]
  }, { clearedAt: cameBack, endValue: minutesOf })
}

const minutesOf = ({ startedAt, endedAt }: { startedAt: number; endedAt: number }) => (endedAt - startedAt) / 60

/** The nominal voltage is told from a day's means, as the page of power quality does. */
const NETWORK_SECONDS = 86_400

async function quality({ quantity, forMinutes }: Of<'power-quality'>, look: Look): Promise<Findings> {
  const { site, nowSeconds } = look
  const toSeconds = Math.floor(nowSeconds / QUALITY_BIN_SECONDS) * QUALITY_BIN_SECONDS
  const steps = Math.ceil((forMinutes * 60) / QUALITY_BIN_SECONDS)
  let hasLimits = true
  const byKey = new Map<number, Episode[]>()
  for (const { id, key } of site.buildings) {
    const open = look.openSince(id)
    const since = Math.max(open ?? 0, look.sinceSeconds - steps * QUALITY_BIN_SECONDS)
    const from = Math.floor(Math.min(since, toSeconds - NETWORK_SECONDS) / QUALITY_BIN_SECONDS) * QUALITY_BIN_SECONDS
    const bins = await readElectricalBins(key, 'meter', from, toSeconds, QUALITY_BIN_SECONDS)
    const means = bins.flatMap((bin) => (bin[quantity] ? [{ at: bin.startSeconds, mean: bin[quantity][0] }] : []))
    if (means.length === 0) continue
    const limits = qualityLimits(quantity, median(means.map(({ mean }) => mean)))
    if (typeof limits === 'string') {
      hasLimits = false
      continue
    }
    const meanAt = new Map(means.map(({ at, mean }) => [at, mean]))
    const values: Step[] = []
    for (let at = Math.floor(since / QUALITY_BIN_SECONDS) * QUALITY_BIN_SECONDS; at <= means.at(-1)!.at; at += QUALITY_BIN_SECONDS) {
      values.push({ startSeconds: at, value: meanAt.get(at) ?? null })
    }
    const { low, high } = limits.usual
    const beyond = (direction: 'above' | 'below', limit: number | null) =>
      limit === null ? [] : thresholdEpisodes(values, { direction, limit, margin: 0, steps }, null)
    byKey.set(key, [...beyond('above', high), ...beyond('below', low)].toSorted((a, b) => a.startedAt - b.startedAt))
  }
  const found = await perBuilding(site.buildings, ({ key }) => byKey.get(key) ?? null)
  return found.subjects.length === 0 && !hasLimits ? { subjects: [], unjudged: 'no-limits' } : found
}

/** An anomaly that was not seen for so long is over. */
const ANOMALY_OVER_SECONDS = 86_400
/** Looks find what was the case within two days. What was longer ago when it was found came with an import. */
const ANOMALY_NEWS_SECONDS = 3 * 86_400

/** Each is a subject of its own. What was decided about, has become harmless or is gone is no alert, or none any more. */
async function anomalies({ leastSeverity }: Of<'anomaly'>, { site, nowSeconds, sinceSeconds, openSubjects }: Look): Promise<Findings> {
  const severities = ALERT_SEVERITIES.slice(ALERT_SEVERITIES.indexOf(leastSeverity))
  const open = openSubjects.flatMap((subject) => (subject.startsWith(ANOMALY_SUBJECT) ? [subject.slice(ANOMALY_SUBJECT.length)] : []))
  const found = await readAnomalies(site.id, severities, sinceSeconds - ANOMALY_OVER_SECONDS, open)
  const gone = open.filter((id) => !found.some((anomaly) => anomaly.id === id))
  const subjects: SubjectFinding[] = found.filter(({ id, isOpen, lastSeenAt }) => {
    return open.includes(id) || (isOpen && lastSeenAt > nowSeconds - ANOMALY_NEWS_SECONDS)
  }).map((anomaly) => {
    const lastAt = Math.max(anomaly.lastSeenAt, anomaly.foundAt)
    const goesOn = anomaly.isOpen && severities.includes(anomaly.severity) && lastAt > nowSeconds - ANOMALY_OVER_SECONDS
    const name = site.buildings.find(({ key }) => key === anomaly.buildingKey)?.name ?? null
    return {
      subject: ANOMALY_SUBJECT + anomaly.id,
      buildingName: site.buildings.length > 1 ? name : null,
      episodes: [{ startedAt: anomaly.startedAt, endedAt: goesOn ? null : lastAt, value: deviationPercent(anomaly.value, anomaly.expectedValue) }],
    }
  })
  const cleared = gone.map((id) => ({ subject: ANOMALY_SUBJECT + id, buildingName: null, episodes: [] }))
  return { subjects: [...subjects, ...cleared], unjudged: null }
}

interface PerBuilding {
  unjudged?: Unjudged
  /** By building key. */
  clearedAt?: ReadonlyMap<number, number>
  endValue?: SubjectFinding['endValue']
}

/** @param find null where nothing can be said of a building */
function perBuilding(
  buildings: readonly BuildingRow[],
  find: (building: BuildingRow) => Episode[] | null,
  { unjudged = 'no-readings', clearedAt, endValue }: PerBuilding = {},
): Findings {
  const subjects = buildings.flatMap((building) => {
    const episodes = find(building)
    const named = { subject: building.id, buildingName: buildings.length > 1 ? building.name : null }
    return episodes ? [{ ...named, episodes, clearedAt: clearedAt?.get(building.key), ...(endValue && { endValue }) }] : []
  })
  return { subjects, unjudged: subjects.length === 0 ? unjudged : null }
}

const minuteOf = (seconds: number) => Math.floor(seconds / 60) * 60

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
