import { DateTime } from 'luxon'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { prisma } from '@/lib/data/prisma'
import { replaceRooms } from '@/lib/data/rooms'
import { insertTariff, replaceCarbonFactors } from '@/lib/data/tariffs'
import { pool } from '@/lib/infra/db'
import { sharedLiveStore } from '@/lib/services/shared-live-store'
import { setCheckpoint } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUpdate, makeUser, type TestSite } from '@/scripts/testing/place-fixtures'
import { writeKnownHome, type WrittenRun } from '@/scripts/testing/planned-home'
import { baseWatts, ROOMS, runsOfDay } from './habits'
import { CARBON, PRICES, ZONE } from './prices'

/** Hours without readings, local, half open. */
const OUTAGES = [
  ['2025-12-10T13:00', '2025-12-12T09:00'],
  ['2026-06-03T00:00', '2026-06-04T00:00'],
  ['2026-11-08T02:00', '2026-11-08T07:00'],
] as const
const ELECTRICAL_DAYS = 35

/** Devices with a meter of their own: name, cluster, W. */
export const PLUGS = [
  ['Aquarium', 1, 34],
  ['Router', 2, 11],
  ['Printer', 2, 7],
  ['Coffee_machine', 3, 24],
] as const

export const SITE_NAME = 'Linden house'
/** Rooms that an appliance was given to. */
export const ROOM_NAMES = [...new Set(ROOMS.map(([, room]) => room))]

export interface AskedHome {
  site: TestSite
  owner: CurrentUser
  token: string
  /** Unix seconds: the first reading, and the moment all is asked at. */
  firstSeconds: number
  nowSeconds: number
}

export interface HomeOptions {
  /** Unix seconds on full hours. */
  firstSeconds: number
  nowSeconds: number
  progress?: (sentence: string) => void
}

/** A home with everything that can be asked about, up to a moment: its minutes, runs, prices, rooms, devices and what is on. */
export async function writeAskedHome({ firstSeconds, nowSeconds, progress = () => {} }: HomeOptions): Promise<AskedHome> {
  const user = await makeUser()
  const site = await makeSite([user], ZONE)
  const owner: CurrentUser = { id: user.id, username: user.username, role: 'viewer', siteScope: 'member' }
  await prisma().site.update({ where: { id: site.id }, data: { location: 'Bremen', pricePerKwh: 0.33 } })
  for (const { validFrom, name, standingCharge, day, night } of PRICES) {
    const window = { name: 'Night', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', pricePerKwh: night }
    const rate = { kind: 'time_of_use' as const, defaultPricePerKwh: day, windows: [window] }
    const tariff = { name, validFrom, standingChargePerDay: standingCharge, exportCreditPerKwh: 0, rate }
    await insertTariff(site.id, `tariff_${site.id}_${validFrom}`, tariff, 'EUR')
  }
  await replaceCarbonFactors(site.id, CARBON)
  const { buildingKey } = site
  await replaceRooms([buildingKey], ROOMS.map(([appliance, room]) => ({ buildingKey, appliance, room })))

  const runs = allRuns(firstSeconds, nowSeconds)
  for (const [fromSeconds, toSeconds] of stretches(firstSeconds, nowSeconds)) {
    const own = runs.flatMap((run) => within(run, fromSeconds, toSeconds))
    await writeKnownHome({ buildingKey, fromSeconds, toSeconds, baseWatts: (at) => baseWatts(at, ZONE), runs: own })
    progress(`${DateTime.fromSeconds(fromSeconds, { zone: ZONE }).toISODate()}: ${own.length} runs`)
  }
  await pool().query('UPDATE activation SET ended_at = NULL WHERE building_key = $1 AND ended_at >= to_timestamp($2)', [
    buildingKey,
    nowSeconds,
  ])
  await setCheckpoint(pool(), buildingKey, nowSeconds - 1800)
  await writeElectrical(buildingKey, firstSeconds, nowSeconds)
  await publishNow(site, powerAt(nowSeconds), nowSeconds)
  await pool().query('VACUUM ANALYZE')
  // Last, so that one that was never finished is not taken for it.
  await prisma().site.update({ where: { id: site.id }, data: { name: SITE_NAME } })
  return { site, owner, token: user.token, firstSeconds, nowSeconds }
}

function allRuns(firstSeconds: number, nowSeconds: number): WrittenRun[] {
  const runs: WrittenRun[] = []
  const first = DateTime.fromSeconds(firstSeconds, { zone: ZONE }).startOf('day')
  for (let day = first; day.toSeconds() < nowSeconds; day = day.plus({ days: 1 })) runs.push(...runsOfDay(day))
  return runs.filter(({ startSeconds }) => startSeconds >= firstSeconds)
}

/** Measured stretches of at most a month, which an outage divides. */
function stretches(firstSeconds: number, nowSeconds: number): [number, number][] {
  const at = (local: string) => DateTime.fromISO(local, { zone: ZONE }).toSeconds()
  const gaps = OUTAGES.map(([from, to]) => [at(from), at(to)] as const)
  const found: [number, number][] = []
  let from = firstSeconds
  while (from < nowSeconds) {
    const month = DateTime.fromSeconds(from, { zone: ZONE }).startOf('month').plus({ months: 1 }).toSeconds()
    const gap = gaps.find(([start, end]) => end > from && start <= Math.min(month, nowSeconds))
    if (gap && gap[0] <= from) {
      from = gap[1]
      continue
    }
    const to = Math.min(month, nowSeconds, gap?.[0] ?? Infinity)
    found.push([from, to])
    from = to
  }
  return found
}

/** What of a run lies within a stretch: one that an outage or the present cuts short ends there, one that began before is lost. */
function within(run: WrittenRun, fromSeconds: number, toSeconds: number): WrittenRun[] {
  if (run.startSeconds < fromSeconds || run.startSeconds >= toSeconds) return []
  return [{ ...run, minutes: Math.min(run.minutes, (toSeconds - run.startSeconds) / 60) }]
}

async function writeElectrical(buildingKey: number, firstSeconds: number, nowSeconds: number): Promise<void> {
  const from = Math.max(firstSeconds, nowSeconds - ELECTRICAL_DAYS * 86_400)
  await pool().query(
    `INSERT INTO electrical_data (building_key, recorded_at, device_state, voltage_volts, frequency_hertz, power_factor, thd_percent)
     SELECT $1, t, '', 228.4 + ((e / 60) % 97) / 16.0 + ((e / 86400) % 5) * 0.4, 49.97 + ((e / 60) % 7) / 100.0,
       0.91 + ((e / 60) % 11) / 200.0, 2.1 + ((e / 60) % 29) / 20.0
     FROM (SELECT t, extract(epoch FROM t)::bigint AS e
           FROM generate_series(to_timestamp($2), to_timestamp($3) - interval '1 minute', interval '1 minute') t) s`,
    [buildingKey, from, nowSeconds],
  )
  for (const [name, cluster, watts] of PLUGS) {
    await pool().query(
      `INSERT INTO electrical_data (building_key, recorded_at, device_state, cluster, real_power_watts)
       SELECT $1, t, $4, $5, $6::float8 + (extract(epoch FROM t)::bigint / 600) % 5
       FROM generate_series(to_timestamp($2), to_timestamp($3) - interval '10 minutes', interval '10 minutes') t`,
      [buildingKey, from, nowSeconds, name, cluster, watts],
    )
  }
  await pool().query(
    `INSERT INTO power_raw (building_key, ts, power_watts, source)
     SELECT $1, t, 400 + extract(minute FROM t), 'made-up'
     FROM generate_series(to_timestamp($2) - interval '10 minutes', to_timestamp($2) - interval '2 seconds', interval '1 second') t`,
    [buildingKey, nowSeconds],
  )
}

export interface PowerThen {
  /** W of what is on; what is off is absent. */
  appliances: Partial<Record<Appliance, number>>
  other: number
  total: number
}

/** What the home draws at a moment. */
export function powerAt(seconds: number): PowerThen {
  const day = DateTime.fromSeconds(seconds, { zone: ZONE }).startOf('day')
  const appliances: PowerThen['appliances'] = {}
  for (const run of [day.minus({ days: 1 }), day].flatMap(runsOfDay)) {
    if (run.startSeconds < seconds && run.startSeconds + run.minutes * 60 >= seconds) appliances[run.appliance] = run.watts
  }
  const other = baseWatts(seconds - 60, ZONE)
  return { appliances, other, total: Object.values(appliances).reduce((sum, watts) => sum + watts, other) }
}

/** What is on at the moment, as a worker publishes it. */
export async function publishNow(site: TestSite, { appliances, other, total }: PowerThen, nowSeconds: number): Promise<void> {
  const { message, status } = makeUpdate(site.buildingId, nowSeconds - 2)
  const watts = APPLIANCES.map((appliance) => appliances[appliance] ?? 0)
  const predictions = message.predictions.map((prediction, index) => {
    const own = watts[index] ?? 0
    return { ...prediction, power_watts: own, is_on: own > 0, probability: own > 0 ? 0.95 : 0.02 }
  })
  await sharedLiveStore().publish({
    message: { ...message, total_power: total, other_watts: other, predictions },
    status,
    points: [[nowSeconds - 2, total, ...watts, other]],
  })
}
