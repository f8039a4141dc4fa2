import type pg from 'pg'

/** What the database holds of one building. */
export interface StoredSeries {
  readings: number
  /** Readings that came after a newer one, so that the models never saw them. */
  lateReadings: number
  meterWh: number
  coveredSeconds: number
  /** By position in the contract's order; an appliance that never drew anything is absent. */
  applianceWh: Map<number, number>
  hourMeterWh: number
  /** Appliance, start and end of each run, oldest first. */
  runs: string[]
  /** How far the appliances of any minute exceed its meter. */
  worstMinuteExcessWh: number
}

export async function countReadings(database: pg.Pool, buildingId: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    'SELECT count(*) FROM power_raw r JOIN building b ON b.key = r.building_key WHERE b.id = $1',
    [buildingId],
  )
  return Number(rows[0]?.count ?? 0)
}

/** Seconds that the stored minutes cover: with 1 Hz readings as many as there are readings, once the last minute is stored. */
export async function coveredSeconds(database: pg.Pool, buildingId: string): Promise<number> {
  const { rows } = await database.query<{ covered: number | null }>(
    `SELECT sum(covered_seconds::float8) AS covered FROM power_minute m
     JOIN building b ON b.key = m.building_key WHERE b.id = $1`,
    [buildingId],
  )
  return rows[0]?.covered ?? 0
}

export async function readStored(database: pg.Pool, buildingId: string): Promise<StoredSeries> {
  const { rows: late } = await database.query<{ count: string }>(
    'SELECT count(*) FROM power_raw r JOIN building b ON b.key = r.building_key WHERE b.id = $1 AND r.late',
    [buildingId],
  )
  const { rows: meter } = await database.query<{ wh: number }>(
    'SELECT sum(energy_wh) AS wh FROM power_minute m JOIN building b ON b.key = m.building_key WHERE b.id = $1',
    [buildingId],
  )
  const { rows: hours } = await database.query<{ wh: number }>(
    'SELECT sum(energy_wh) AS wh FROM power_hour h JOIN building b ON b.key = h.building_key WHERE b.id = $1',
    [buildingId],
  )
  const { rows: appliances } = await database.query<{ appliance: number; wh: number }>(
    `SELECT appliance, sum(energy_wh) AS wh FROM appliance_minute m JOIN building b ON b.key = m.building_key
     WHERE b.id = $1 GROUP BY appliance`,
    [buildingId],
  )
  const { rows: runs } = await database.query<{ run: string }>(
    `SELECT a.appliance || ' ' || extract(epoch FROM started_at) || ' ' || COALESCE(extract(epoch FROM ended_at)::text, 'on') AS run
     FROM activation a JOIN building b ON b.key = a.building_key WHERE b.id = $1 ORDER BY started_at, appliance`,
    [buildingId],
  )
  const { rows: excess } = await database.query<{ excess: number | null }>(
    `SELECT max(a.wh - greatest(m.energy_wh, 0)) AS excess FROM power_minute m
     JOIN building b ON b.key = m.building_key
     JOIN (SELECT building_key, minute, sum(energy_wh) AS wh FROM appliance_minute GROUP BY 1, 2) a
       ON a.building_key = m.building_key AND a.minute = m.minute
     WHERE b.id = $1`,
    [buildingId],
  )
  return {
    readings: await countReadings(database, buildingId),
    lateReadings: Number(late[0]?.count),
    meterWh: meter[0]?.wh ?? 0,
    coveredSeconds: await coveredSeconds(database, buildingId),
    hourMeterWh: hours[0]?.wh ?? 0,
    applianceWh: new Map(appliances.map(({ appliance, wh }) => [appliance, wh])),
    runs: runs.map(({ run }) => run),
    worstMinuteExcessWh: excess[0]?.excess ?? 0,
  }
}
