import { tariffRateSchema, type CarbonFactor, type NewTariff, type Tariff } from '@/lib/contracts/tariffs'
import { pool, withTransaction } from '@/lib/infra/db'

interface TariffRow {
  id: string
  name: string
  valid_from: string
  currency: string
  standing_charge_per_day: number
  export_credit_per_kwh: number
  rate: unknown
}

const FIELDS = `id, name, to_char(valid_from, 'YYYY-MM-DD') AS valid_from, currency, standing_charge_per_day, export_credit_per_kwh, rate`

/** The tariffs of a site by first day. */
export async function findTariffs(siteId: string): Promise<Tariff[]> {
  const { rows } = await pool().query<TariffRow>(
    `SELECT ${FIELDS} FROM tariff WHERE site_id = $1 ORDER BY tariff.valid_from`,
    [siteId],
  )
  return rows.map(toTariff)
}

/** The tariff of each of some sites that holds on its local today; sites without one are left out. */
export async function findTariffsToday(siteIds: readonly string[], nowSeconds: number): Promise<Map<string, Tariff>> {
  const { rows } = await pool().query<TariffRow & { site_id: string }>(
    `SELECT DISTINCT ON (site_id) site_id, ${FIELDS} FROM tariff
      WHERE site_id = ANY ($1)
        AND tariff.valid_from <= (to_timestamp($2) AT TIME ZONE (SELECT time_zone FROM site WHERE site.id = site_id))::date
      ORDER BY site_id, tariff.valid_from DESC`,
    [siteIds, nowSeconds],
  )
  return new Map(rows.map((row) => [row.site_id, toTariff(row)]))
}

/** @returns null where the site has another tariff that begins on the same day */
export async function insertTariff(siteId: string, id: string, tariff: NewTariff, currency: string): Promise<Tariff | null> {
  const { rows } = await pool().query<TariffRow>(
    `INSERT INTO tariff (id, site_id, name, valid_from, currency, standing_charge_per_day, export_credit_per_kwh, rate)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (site_id, valid_from) DO NOTHING RETURNING ${FIELDS}`,
    [id, siteId, ...valuesOf(tariff, currency)],
  )
  return rows[0] ? toTariff(rows[0]) : null
}

/** @returns null where another one begins on the same day, 'none' where the site has no such tariff */
export async function updateTariff(
  siteId: string,
  id: string,
  tariff: NewTariff,
  currency: string,
): Promise<Tariff | null | 'none'> {
  return withTransaction(async (client) => {
    const taken = await client.query('SELECT 1 FROM tariff WHERE site_id = $1 AND valid_from = $2 AND id <> $3', [
      siteId,
      tariff.validFrom,
      id,
    ])
    if (taken.rowCount) return null
    const { rows } = await client.query<TariffRow>(
      `UPDATE tariff SET name = $3, valid_from = $4, currency = $5, standing_charge_per_day = $6, export_credit_per_kwh = $7, rate = $8
       WHERE id = $1 AND site_id = $2 RETURNING ${FIELDS}`,
      [id, siteId, ...valuesOf(tariff, currency)],
    )
    return rows[0] ? toTariff(rows[0]) : 'none'
  })
}

/** @returns whether there was one */
export async function deleteTariff(siteId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM tariff WHERE id = $1 AND site_id = $2', [id, siteId])
  return (rowCount ?? 0) > 0
}

/** By first day. */
export async function findCarbonFactors(siteId: string): Promise<CarbonFactor[]> {
  const { rows } = await pool().query<{ valid_from: string; grams_per_kwh: number }>(
    `SELECT to_char(valid_from, 'YYYY-MM-DD') AS valid_from, grams_per_kwh FROM carbon_factor WHERE site_id = $1
     ORDER BY carbon_factor.valid_from`,
    [siteId],
  )
  return rows.map((row) => ({ validFrom: row.valid_from, gramsPerKwh: row.grams_per_kwh }))
}

/** Puts these in place of all that the site had. */
export async function replaceCarbonFactors(siteId: string, factors: readonly CarbonFactor[]): Promise<void> {
  await withTransaction(async (client) => {
    await client.query('DELETE FROM carbon_factor WHERE site_id = $1', [siteId])
    await client.query(
      'INSERT INTO carbon_factor (site_id, valid_from, grams_per_kwh) SELECT $1, d, g FROM UNNEST($2::date[], $3::float8[]) AS u(d, g)',
      [siteId, factors.map(({ validFrom }) => validFrom), factors.map(({ gramsPerKwh }) => gramsPerKwh)],
    )
  })
}

function valuesOf(tariff: NewTariff, currency: string): unknown[] {
  return [
    tariff.name,
    tariff.validFrom,
    currency,
    tariff.standingChargePerDay,
    tariff.exportCreditPerKwh,
    JSON.stringify(tariff.rate),
  ]
}

function toTariff(row: TariffRow): Tariff {
  return {
    id: row.id,
    name: row.name,
    validFrom: row.valid_from,
    currency: row.currency,
    standingChargePerDay: row.standing_charge_per_day,
    exportCreditPerKwh: row.export_credit_per_kwh,
    rate: tariffRateSchema.parse(row.rate),
  }
}
