import type { CurrentUser } from '@/lib/contracts/current-user'
import { MOST_HOURLY_VALUES, type HourlyValueKind, type HourlyValuesStored } from '@/lib/contracts/tariffs'
import { deleteHourlyValues, findHourlyValues, hourlyValueExtent, upsertHourlyValues } from '@/lib/data/hourly-values'
import { findSiteOf } from '@/lib/data/sites'
import { readMoment } from '@/lib/domain/moment-text'
import { HourlyCsvError, readHourlyCsv } from '@/lib/ingest/hourly-csv'

const QUARTER_SECONDS = 900
const MOST_REASONS = 20

/** Why nothing was stored: which field, and what to do about it. */
export interface HourlyRefusal {
  field: string
  message: string
}

/** Stores values of one of the user's sites, each in place of what was there for its time; null = no such site. */
export async function storeHourlyValuesOf(
  user: CurrentUser,
  siteId: string,
  kind: HourlyValueKind,
  values: readonly { startsAt: string; value: number }[],
): Promise<HourlyValuesStored | HourlyRefusal | null> {
  if (!(await findSiteOf(user, siteId))) return null
  const starts = values.map(({ startsAt }) => Date.parse(startsAt) / 1000)
  const crooked = starts.findIndex((start) => start % QUARTER_SECONDS !== 0)
  if (crooked >= 0) return { field: `body.values.${crooked}.startsAt`, message: 'Values begin on a quarter of an hour.' }
  const sorted = [...new Map(starts.map((start, index) => [start, values[index]?.value ?? NaN]))].sort(([a], [b]) => a - b)
  return store(
    siteId,
    kind,
    sorted.map(([start]) => start),
    sorted.map(([, value]) => value),
    [],
  )
}

/** The same from the text of a CSV file; lines that cannot be used are left out and named. */
export async function importHourlyCsvOf(
  user: CurrentUser,
  siteId: string,
  kind: HourlyValueKind,
  text: string,
  per: 'kWh' | 'MWh',
): Promise<HourlyValuesStored | HourlyRefusal | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  try {
    const { startsAtSeconds, values, rejected } = readHourlyCsv(text, site.timeZone, per === 'MWh' ? 0.001 : 1)
    if (values.length > MOST_HOURLY_VALUES) {
      return { field: 'body', message: `The file has more than ${MOST_HOURLY_VALUES} values. Split it.` }
    }
    return await store(siteId, kind, startsAtSeconds, values, rejected)
  } catch (error) {
    if (error instanceof HourlyCsvError) return { field: 'body', message: error.message }
    throw error
  }
}

async function store(
  siteId: string,
  kind: HourlyValueKind,
  startsAtSeconds: number[],
  values: number[],
  rejected: HourlyValuesStored['rejected'],
): Promise<HourlyValuesStored> {
  if (values.length > 0) await upsertHourlyValues(siteId, kind, { startsAtSeconds, values })
  return {
    stored: values.length,
    rejected: rejected.slice(0, MOST_REASONS),
    rejectedCount: rejected.length,
    from: startsAtSeconds[0] ?? null,
    to: startsAtSeconds.at(-1) ?? null,
  }
}

export interface HourlyPeriod {
  /** As callers write moments, see readMoment. */
  from: string
  to: string
}

const LONGEST_SECONDS = 800 * 86_400

/** What is stored in a period of at most 800 days; null = no such site. */
export async function listHourlyValuesOf(user: CurrentUser, siteId: string, kind: HourlyValueKind, period: HourlyPeriod) {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const bounds = readBounds(period, site.timeZone)
  if ('field' in bounds) return bounds
  const { startsAtSeconds, values } = await findHourlyValues(siteId, kind, bounds.from, bounds.to)
  return { kind, data: startsAtSeconds.map((startsAt, index) => ({ startsAt, value: values[index] ?? NaN })) }
}

/** @returns how many values were deleted */
export async function removeHourlyValuesOf(user: CurrentUser, siteId: string, kind: HourlyValueKind, period: HourlyPeriod) {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const bounds = readBounds(period, site.timeZone)
  return 'field' in bounds ? bounds : { deleted: await deleteHourlyValues(siteId, kind, bounds.from, bounds.to) }
}

/** How far the stored values of one of the user's sites reach; null where there is none. */
export async function hourlyExtentOf(user: CurrentUser, siteId: string, kind: HourlyValueKind) {
  return (await findSiteOf(user, siteId)) && hourlyValueExtent(siteId, kind)
}

function readBounds(
  { from: fromText, to: toText }: HourlyPeriod,
  timeZone: string,
): { from: number; to: number } | HourlyRefusal {
  const from = readMoment(fromText, timeZone)
  const to = readMoment(toText, timeZone)
  const forms = 'Write a date (2026-01-31), an ISO 8601 time, or Unix seconds.'
  if (from === null) return { field: 'query.from', message: forms }
  if (to === null) return { field: 'query.to', message: forms }
  if (to <= from || to - from > LONGEST_SECONDS)
    return { field: 'query.to', message: '`to` must be later than `from`, by 800 days at most.' }
  return { from, to }
}
