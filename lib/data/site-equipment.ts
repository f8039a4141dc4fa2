import { randomUUID } from 'node:crypto'
import { NO_EQUIPMENT, type Equipment } from '@/lib/contracts/optimisation'
import { newTariffSchema, type NewTariff } from '@/lib/contracts/tariffs'
import { pool, withTransaction } from '@/lib/infra/db'

interface Row {
  capacity: number | null
  power: number | null
  efficiency: number | null
  peak: number | null
  charge: number | null
}

/** What was said of a site's equipment; nothing where nothing was. */
export async function findEquipment(siteId: string): Promise<Equipment> {
  const { rows } = await pool().query<Row>(
    `SELECT battery_capacity_kwh AS capacity, battery_power_kw AS power, battery_efficiency AS efficiency,
       peak_limit_watts AS peak, demand_charge_per_kw AS charge FROM site_equipment WHERE site_id = $1`,
    [siteId],
  )
  const row = rows[0]
  if (!row) return NO_EQUIPMENT
  const { capacity, power, efficiency, peak: peakLimitWatts, charge: demandChargePerKw } = row
  const hasBattery = capacity !== null && power !== null && efficiency !== null
  const battery = hasBattery ? { capacityKwh: capacity, powerKw: power, roundTripEfficiency: efficiency } : null
  return { battery, peakLimitWatts, demandChargePerKw }
}

export async function saveEquipment(siteId: string, { battery, peakLimitWatts, demandChargePerKw }: Equipment): Promise<void> {
  await pool().query(
    `INSERT INTO site_equipment (site_id, battery_capacity_kwh, battery_power_kw, battery_efficiency, peak_limit_watts, demand_charge_per_kw)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (site_id) DO UPDATE SET battery_capacity_kwh = EXCLUDED.battery_capacity_kwh,
       battery_power_kw = EXCLUDED.battery_power_kw, battery_efficiency = EXCLUDED.battery_efficiency,
       peak_limit_watts = EXCLUDED.peak_limit_watts, demand_charge_per_kw = EXCLUDED.demand_charge_per_kw`,
    [
      siteId,
      battery?.capacityKwh ?? null,
      battery?.powerKw ?? null,
      battery?.roundTripEfficiency ?? null,
      peakLimitWatts,
      demandChargePerKw,
    ],
  )
}

/** Tariffs a site could change to, in the order they were entered. */
export async function findTariffCandidates(siteId: string): Promise<NewTariff[]> {
  const { rows } = await pool().query<{ tariff: unknown }>(
    'SELECT tariff FROM tariff_candidate WHERE site_id = $1 ORDER BY position',
    [siteId],
  )
  return rows.map(({ tariff }) => newTariffSchema.parse(tariff))
}

/** Puts these in place of all that the site had. */
export async function replaceTariffCandidates(siteId: string, candidates: readonly NewTariff[]): Promise<void> {
  await withTransaction(async (client) => {
    await client.query('DELETE FROM tariff_candidate WHERE site_id = $1', [siteId])
    for (const [position, tariff] of candidates.entries()) {
      await client.query('INSERT INTO tariff_candidate (id, site_id, position, tariff) VALUES ($1, $2, $3, $4)', [
        `candidate_${randomUUID()}`,
        siteId,
        position,
        JSON.stringify(tariff),
      ])
    }
  })
}
