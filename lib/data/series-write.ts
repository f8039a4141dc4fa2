import type { PoolClient } from 'pg'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Sample } from '@/lib/contracts/sample'
import type { ActivationEstimate, MinuteEstimate, SessionCheckpoint } from '@/lib/nilm/session-types'

export interface RawRow {
  buildingKey: number
  sample: Sample
  /** Arrived after a newer reading. */
  late: boolean
}

export interface MinuteRow {
  buildingKey: number
  modelVersionId: number
  minute: MinuteEstimate
}

export interface ActivationRow {
  buildingKey: number
  modelVersionId: number
  activation: ActivationEstimate
}

export interface CheckpointRow {
  buildingKey: number
  checkpoint: SessionCheckpoint
}

export interface MinuteKey {
  buildingKey: number
  /** Unix seconds of the minute's start. */
  minuteSeconds: number
}

/**
 * Stores readings; one already stored for the same building and time stays as it is.
 * @returns building and time (Unix seconds) of the late readings that were new
 */
export async function insertRaw(
  client: PoolClient,
  rows: readonly RawRow[],
): Promise<{ buildingKey: number; timestampSeconds: number }[]> {
  if (rows.length === 0) return []
  const inserted = await client.query<{ building_key: number; ts: number }>(
    `WITH inserted AS (
     INSERT INTO power_raw (building_key, ts, power_watts, voltage_volts, current_amps, power_factor, reactive_power_var,
                            frequency_hertz, thd_percent, source, late)
     SELECT b, to_timestamp(t), p, u, i, pf, q, f, thd, src, late
     FROM UNNEST($1::int[], $2::float8[], $3::real[], $4::real[], $5::real[], $6::real[], $7::real[], $8::real[], $9::real[],
                 $10::text[], $11::bool[]) AS s(b, t, p, u, i, pf, q, f, thd, src, late)
     ON CONFLICT DO NOTHING
     RETURNING building_key, ts, late)
     SELECT building_key, extract(epoch FROM ts)::float8 AS ts FROM inserted WHERE late`,
    [
      rows.map((row) => row.buildingKey),
      rows.map((row) => row.sample.timestampSeconds),
      rows.map((row) => row.sample.powerWatts),
      rows.map((row) => row.sample.voltageVolts ?? null),
      rows.map((row) => row.sample.currentAmps ?? null),
      rows.map((row) => row.sample.powerFactor ?? null),
      rows.map((row) => row.sample.reactivePowerVar ?? null),
      rows.map((row) => row.sample.frequencyHertz ?? null),
      rows.map((row) => row.sample.thdPercent ?? null),
      rows.map((row) => row.sample.source),
      rows.map((row) => row.late),
    ],
  )
  return inserted.rows.map((row) => ({ buildingKey: row.building_key, timestampSeconds: row.ts }))
}

/** Declares what a meter with a wrong clock sent for times after this as late, so that no restore feeds it to the models. */
export async function markLateAfter(client: PoolClient, buildingKey: number, timestampSeconds: number): Promise<void> {
  await client.query('UPDATE power_raw SET late = true WHERE building_key = $1 AND ts > to_timestamp($2) AND NOT late', [
    buildingKey,
    timestampSeconds,
  ])
}

/** Ends what is still open of a building: the session that would have ended it is gone. */
export async function endOpenRuns(client: PoolClient, buildingKey: number, atSeconds: number): Promise<void> {
  await client.query(
    `UPDATE activation SET ended_at = GREATEST(started_at, to_timestamp($2)) WHERE building_key = $1 AND ended_at IS NULL`,
    [buildingKey, atSeconds],
  )
}

/** Which of these minutes have a late reading in them or just before. */
export async function minutesWithLateReadings(client: PoolClient, minutes: readonly MinuteKey[]): Promise<MinuteKey[]> {
  if (minutes.length === 0) return []
  const result = await client.query<{ b: number; m: number }>(
    `SELECT DISTINCT b, m FROM UNNEST($1::int[], $2::float8[]) AS u(b, m)
     WHERE EXISTS (SELECT 1 FROM power_raw r WHERE r.building_key = u.b AND r.late
                   AND r.ts > to_timestamp(u.m - 150) AND r.ts <= to_timestamp(u.m + 60 + 150))`,
    [minutes.map((row) => row.buildingKey), minutes.map((row) => row.minuteSeconds)],
  )
  return result.rows.map((row) => ({ buildingKey: row.b, minuteSeconds: row.m }))
}

/**
 * Replaces a minute's meter side and, where the estimates would now exceed it, scales them down to it. A minute that covers more
 * than what is offered stays: most of its readings have been deleted since.
 */
export async function replaceMeterMinute(
  client: PoolClient,
  key: MinuteKey,
  meter: { energyWh: number; coveredSeconds: number; minWatts: number; maxWatts: number },
): Promise<void> {
  const replaced = await client.query(
    `INSERT INTO power_minute AS stored (building_key, minute, energy_wh, covered_seconds, min_watts, max_watts)
     VALUES ($1, to_timestamp($2), $3, $4, $5, $6)
     ON CONFLICT (building_key, minute) DO UPDATE SET energy_wh = EXCLUDED.energy_wh,
       covered_seconds = EXCLUDED.covered_seconds, min_watts = EXCLUDED.min_watts, max_watts = EXCLUDED.max_watts
     WHERE EXCLUDED.covered_seconds >= stored.covered_seconds - 1`,
    [key.buildingKey, key.minuteSeconds, meter.energyWh, meter.coveredSeconds, meter.minWatts, meter.maxWatts],
  )
  if (replaced.rowCount === 0) return
  await client.query(
    `UPDATE appliance_minute a SET energy_wh = a.energy_wh * GREATEST($3::float8, 0) / total.energy_wh
     FROM (SELECT sum(energy_wh) AS energy_wh FROM appliance_minute
           WHERE building_key = $1 AND minute = to_timestamp($2)) total
     WHERE a.building_key = $1 AND a.minute = to_timestamp($2) AND total.energy_wh > GREATEST($3::float8, 0)`,
    [key.buildingKey, key.minuteSeconds, meter.energyWh],
  )
}

/** Replaces minutes, meter and appliances. At most one row per building and minute. */
export async function upsertMinutes(client: PoolClient, rows: readonly MinuteRow[]): Promise<void> {
  if (rows.length === 0) return
  await client.query(
    `INSERT INTO power_minute (building_key, minute, energy_wh, covered_seconds, min_watts, max_watts)
     SELECT b, to_timestamp(m), e, c, lo, hi
     FROM UNNEST($1::int[], $2::float8[], $3::float8[], $4::real[], $5::real[], $6::real[]) AS s(b, m, e, c, lo, hi)
     ON CONFLICT (building_key, minute) DO UPDATE SET energy_wh = EXCLUDED.energy_wh,
       covered_seconds = EXCLUDED.covered_seconds, min_watts = EXCLUDED.min_watts, max_watts = EXCLUDED.max_watts`,
    [
      rows.map((row) => row.buildingKey),
      rows.map((row) => row.minute.minuteSeconds),
      rows.map((row) => row.minute.meterEnergyWh),
      rows.map((row) => row.minute.coveredSeconds),
      rows.map((row) => row.minute.minWatts),
      rows.map((row) => row.minute.maxWatts),
    ],
  )
  const drawing = rows.flatMap((row) =>
    row.minute.appliances.flatMap((estimate, appliance) =>
      estimate.energyWh > 0 || estimate.onSeconds > 0 ? [{ row, appliance, estimate }] : [],
    ),
  )
  // An appliance that an earlier, less settled result saw on may turn out to have been off.
  await client.query(
    `DELETE FROM appliance_minute a
     USING (SELECT b, to_timestamp(m) AS minute, drawing FROM UNNEST($1::int[], $2::float8[], $3::int[]) AS u(b, m, drawing)) s
     WHERE a.building_key = s.b AND a.minute = s.minute AND (s.drawing >> a.appliance) & 1 = 0`,
    [
      rows.map((row) => row.buildingKey),
      rows.map((row) => row.minute.minuteSeconds),
      rows.map((row) =>
        row.minute.appliances.reduce(
          (mask, estimate, appliance) => (estimate.energyWh > 0 || estimate.onSeconds > 0 ? mask | (1 << appliance) : mask),
          0,
        ),
      ),
    ],
  )
  if (drawing.length === 0) return
  await client.query(
    `INSERT INTO appliance_minute (building_key, minute, appliance, energy_wh, on_seconds, confidence, model_version_id)
     SELECT b, to_timestamp(m), a, e, o, c, v
     FROM UNNEST($1::int[], $2::float8[], $3::smallint[], $4::float8[], $5::real[], $6::real[], $7::int[])
       AS s(b, m, a, e, o, c, v)
     ON CONFLICT (building_key, minute, appliance) DO UPDATE SET energy_wh = EXCLUDED.energy_wh,
       on_seconds = EXCLUDED.on_seconds, confidence = EXCLUDED.confidence, model_version_id = EXCLUDED.model_version_id`,
    [
      drawing.map((item) => item.row.buildingKey),
      drawing.map((item) => item.row.minute.minuteSeconds),
      drawing.map((item) => item.appliance),
      drawing.map((item) => item.estimate.energyWh),
      drawing.map((item) => item.estimate.onSeconds),
      drawing.map((item) => item.estimate.confidence),
      drawing.map((item) => item.row.modelVersionId),
    ],
  )
}

export async function upsertActivations(client: PoolClient, rows: readonly ActivationRow[]): Promise<void> {
  if (rows.length === 0) return
  await client.query(
    `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
     SELECT b, a, to_timestamp(s0), to_timestamp(s1), e, p, c, v
     FROM UNNEST($1::int[], $2::smallint[], $3::float8[], $4::float8[], $5::float8[], $6::real[], $7::real[], $8::int[])
       AS s(b, a, s0, s1, e, p, c, v)
     ON CONFLICT (building_key, appliance, started_at) DO UPDATE SET ended_at = EXCLUDED.ended_at,
       energy_wh = EXCLUDED.energy_wh, peak_watts = EXCLUDED.peak_watts, confidence = EXCLUDED.confidence,
       model_version_id = EXCLUDED.model_version_id`,
    [
      rows.map((row) => row.buildingKey),
      rows.map((row) => APPLIANCES.indexOf(row.activation.appliance)),
      rows.map((row) => row.activation.startedAtSeconds),
      rows.map((row) => row.activation.endedAtSeconds),
      rows.map((row) => row.activation.energyWh),
      rows.map((row) => row.activation.peakWatts),
      rows.map((row) => row.activation.confidence),
      rows.map((row) => row.modelVersionId),
    ],
  )
}

export async function upsertCheckpoints(client: PoolClient, rows: readonly CheckpointRow[]): Promise<void> {
  if (rows.length === 0) return
  await client.query(
    `INSERT INTO session_checkpoint (building_key, position, state, updated_at)
     SELECT b, p, s, now() FROM UNNEST($1::int[], $2::float8[], $3::jsonb[]) AS u(b, p, s)
     ON CONFLICT (building_key) DO UPDATE SET position = EXCLUDED.position, state = EXCLUDED.state, updated_at = now()`,
    [
      rows.map((row) => row.buildingKey),
      rows.map((row) => row.checkpoint.positionSeconds),
      rows.map((row) => JSON.stringify(row.checkpoint)),
    ],
  )
}

/** Recomputes the hours that contain these minutes (Unix seconds) from the stored minutes. */
export async function rollUpHours(
  client: PoolClient,
  minutes: readonly MinuteKey[],
): Promise<void> {
  const hours = new Map(
    minutes.map(({ buildingKey, minuteSeconds }) => {
      const hourSeconds = Math.floor(minuteSeconds / 3600) * 3600
      return [`${buildingKey} ${hourSeconds}`, { buildingKey, hourSeconds }]
    }),
  )
  if (hours.size === 0) return
  const keys = [...hours.values()].map((hour) => hour.buildingKey)
  const starts = [...hours.values()].map((hour) => hour.hourSeconds)
  await client.query(
    `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts,
                             quarter_imported_wh, quarter_exported_wh, quarter_covered_seconds)
     SELECT h.b, h.hour, s.*
     FROM (SELECT b, to_timestamp(s) AS hour FROM UNNEST($1::int[], $2::float8[]) AS u(b, s)) h
     -- Lateral, so that each hour is found by index: as a plain join it is tried against all minutes of the building.
     CROSS JOIN LATERAL (
       SELECT sum(m.energy_wh) AS energy_wh, sum(m.covered_seconds), min(m.min_watts), max(m.max_watts),
         ${quarterSums('GREATEST(m.energy_wh, 0)')}, ${quarterSums('-LEAST(m.energy_wh, 0)')},
         ${quarterSums('m.covered_seconds')}::real[]
       FROM power_minute m
       WHERE m.building_key = h.b AND m.minute >= h.hour AND m.minute < h.hour + interval '1 hour') s
     WHERE s.energy_wh IS NOT NULL
     ON CONFLICT (building_key, hour) DO UPDATE SET energy_wh = EXCLUDED.energy_wh,
       covered_seconds = EXCLUDED.covered_seconds, min_watts = EXCLUDED.min_watts, max_watts = EXCLUDED.max_watts,
       quarter_imported_wh = EXCLUDED.quarter_imported_wh, quarter_exported_wh = EXCLUDED.quarter_exported_wh,
       quarter_covered_seconds = EXCLUDED.quarter_covered_seconds`,
    [keys, starts],
  )
  // Confidence of an hour: the minutes' own, weighted by the time the appliance was on.
  await client.query(
    `WITH touched AS (SELECT b, to_timestamp(s) AS hour FROM UNNEST($1::int[], $2::float8[]) AS u(b, s)),
     sums AS (
       SELECT h.b, h.hour, s.* FROM touched h CROSS JOIN LATERAL (
         SELECT m.appliance, sum(m.energy_wh) AS energy_wh, sum(m.on_seconds) AS on_seconds,
           COALESCE(sum(m.confidence * m.on_seconds) / NULLIF(sum(m.on_seconds), 0), avg(m.confidence)) AS confidence,
           max(m.model_version_id) AS model_version_id, ${quarterSums('m.energy_wh')} AS quarter_energy_wh
         FROM appliance_minute m
         WHERE m.building_key = h.b AND m.minute >= h.hour AND m.minute < h.hour + interval '1 hour'
         GROUP BY m.appliance) s
     ), gone AS (
       DELETE FROM appliance_hour a USING touched h WHERE a.building_key = h.b AND a.hour = h.hour
         AND NOT EXISTS (SELECT 1 FROM sums WHERE sums.b = h.b AND sums.hour = h.hour AND sums.appliance = a.appliance)
     )
     INSERT INTO appliance_hour (building_key, hour, appliance, energy_wh, on_seconds, confidence, model_version_id,
                                 quarter_energy_wh)
     SELECT b, hour, appliance, energy_wh, on_seconds, confidence, model_version_id, quarter_energy_wh FROM sums
     ON CONFLICT (building_key, hour, appliance) DO UPDATE SET energy_wh = EXCLUDED.energy_wh,
       on_seconds = EXCLUDED.on_seconds, confidence = EXCLUDED.confidence, model_version_id = EXCLUDED.model_version_id,
       quarter_energy_wh = EXCLUDED.quarter_energy_wh`,
    [keys, starts],
  )
}

/** An array of the sums over the hour's four quarters, of minutes `m` within an hour `h`. */
function quarterSums(column: string): string {
  const sums = [0, 15, 30, 45].map((minute) => {
    const from = `h.hour + interval '${minute} minutes'`
    const to = `h.hour + interval '${minute + 15} minutes'`
    return `COALESCE(sum(${column}) FILTER (WHERE m.minute >= ${from} AND m.minute < ${to}), 0)`
  })
  return `ARRAY[${sums.join(', ')}]`
}
