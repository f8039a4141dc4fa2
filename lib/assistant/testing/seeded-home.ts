import { DateTime } from 'luxon'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { replaceRooms } from '@/lib/data/rooms'
import { upsertActivations } from '@/lib/data/series-write'
import { insertTariff, replaceCarbonFactors } from '@/lib/data/tariffs'
import { pool, withTransaction } from '@/lib/infra/db'
import { sharedLiveStore } from '@/lib/services/shared-live-store'
import { setCheckpoint, writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUpdate, makeUser, type TestSite } from '@/scripts/testing/place-fixtures'

export const ZONE = 'Europe/Berlin'
export const at = (local: string) => DateTime.fromISO(local, { zone: ZONE }).toSeconds()
const FROM = at('2026-01-12T01:00')
/** A Thursday. */
export const NOW = at('2026-04-09T15:37:20')
const MEASURED_TO = at('2026-04-09T15:00')
export const PRICE = 0.4
export const STANDING = 0.5
export const GRAMS = 380
/** Start, length in seconds, Wh. */
const KETTLE: [string, number, number][] = [
  ['2026-04-07T07:00', 180, 100],
  ['2026-04-08T07:05', 200, 110],
  ['2026-04-08T19:30', 240, 130],
  ['2026-04-09T07:10', 150, 90],
]

export interface SeededHome {
  site: TestSite
  /** A member of the site, and somebody who is none. */
  owner: CurrentUser
  stranger: CurrentUser
}

/** Three months of a home with everything the assistant can be asked about; the dryer is running. */
export async function seedHome(): Promise<SeededHome> {
  const [first, second] = [await makeUser(), await makeUser()]
  const member = ({ id, username }: typeof first): CurrentUser => ({ id, username, role: 'viewer', siteScope: 'member' })
  const site = await makeSite([first], ZONE)
  const { buildingKey } = site
  await writeMadeUpMinutes({ buildingKey, fromSeconds: FROM, toSeconds: MEASURED_TO, hasSolar: false })
  await setCheckpoint(pool(), buildingKey, NOW - 1500)
  const rate = { kind: 'flat', pricePerKwh: PRICE } as const
  const tariff = { name: 'Green', validFrom: '2026-02-01', standingChargePerDay: STANDING, exportCreditPerKwh: 0, rate }
  await insertTariff(site.id, `tariff_${site.id}`, tariff, 'EUR')
  await replaceCarbonFactors(site.id, [{ validFrom: '2026-02-01', gramsPerKwh: GRAMS }])
  await replaceRooms([buildingKey], [{ buildingKey, appliance: 'ElectricOven', room: 'Kitchen' }])
  const modelVersionId = await ensureModelVersion('assistant-test', '1')
  const runs = [
    ...KETTLE.map(([start, seconds, energyWh]) => {
      return { appliance: 'ElectricKettle' as const, startedAtSeconds: at(start), endedAtSeconds: at(start) + seconds, energyWh }
    }),
    { appliance: 'Dryer' as const, startedAtSeconds: at('2026-04-09T15:00'), endedAtSeconds: null, energyWh: 700 },
  ]
  await withTransaction((client) =>
    upsertActivations(
      client,
      runs.map((run) => ({ buildingKey, modelVersionId, activation: { ...run, peakWatts: 2000, confidence: 0.9 } })),
    ),
  )
  await pool().query(
    `INSERT INTO electrical_data (building_key, recorded_at, device_state, voltage_volts, frequency_hertz)
     SELECT $1, t, '', 228 + (extract(epoch FROM t)::bigint / 60) % 9, 50.01
     FROM generate_series(to_timestamp($2) - interval '20 hours', to_timestamp($2), interval '1 minute') t`,
    [buildingKey, MEASURED_TO],
  )
  await sharedLiveStore().publish(makeUpdate(site.buildingId, Math.floor(NOW) - 2))
  return { site, owner: member(first), stranger: member(second) }
}
