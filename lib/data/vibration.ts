import type { VibrationSnapshot } from '@/lib/domain/vibration-snapshot'
import { pool } from '@/lib/infra/db'

/** A year and a month: what is older no chart shows; the first stays, as what a bearing is compared with. */
const KEPT_DAYS = 400

const FIELDS = `extract(epoch FROM recorded_at)::float8 AS timestamp, rms_h AS "rmsHorizontal", kurtosis_h AS "kurtosisHorizontal",
  peak_h AS "peakHorizontal", rms_v AS "rmsVertical", kurtosis_v AS "kurtosisVertical", peak_v AS "peakVertical"`

/**
 * @param firstKept how many of the oldest since `sinceSeconds` (Unix) stay whatever their age
 * @returns how many were new
 */
export async function insertSnapshots(
  assetId: string,
  snapshots: readonly VibrationSnapshot[],
  { firstKept, sinceSeconds }: { firstKept: number; sinceSeconds: number },
): Promise<number> {
  const columns = (
    ['timestamp', 'rmsHorizontal', 'kurtosisHorizontal', 'peakHorizontal', 'rmsVertical', 'kurtosisVertical', 'peakVertical'] as const
  ).map((name) => snapshots.map((snapshot) => snapshot[name]))
  const { rowCount } = await pool().query(
    `INSERT INTO vibration_snapshot
     SELECT $1, to_timestamp(t), rh, kh, ph, rv, kv, pv
     FROM UNNEST($2::float8[], $3::real[], $4::real[], $5::real[], $6::real[], $7::real[], $8::real[]) AS u(t, rh, kh, ph, rv, kv, pv)
     ON CONFLICT DO NOTHING`,
    [assetId, ...columns],
  )
  await pool().query(
    `DELETE FROM vibration_snapshot WHERE asset_id = $1 AND recorded_at < now() - make_interval(days => $2)
     AND recorded_at NOT IN (SELECT recorded_at FROM vibration_snapshot WHERE asset_id = $1 AND recorded_at >= to_timestamp($4)
       ORDER BY recorded_at LIMIT $3)`,
    [assetId, KEPT_DAYS, firstKept, sinceSeconds],
  )
  return rowCount ?? 0
}

/** The oldest and the newest snapshots of an asset since a time (Unix seconds), both oldest first, and how many there are. */
export async function findSnapshotEnds(assetId: string, sinceSeconds: number, firstCount: number, recentCount: number) {
  const ends = (order: 'ASC' | 'DESC', count: number) =>
    pool().query<VibrationSnapshot>(
      `SELECT ${FIELDS} FROM vibration_snapshot WHERE asset_id = $1 AND recorded_at >= to_timestamp($3) ORDER BY recorded_at ${order} LIMIT $2`,
      [assetId, count, sinceSeconds],
    )
  const [first, recent, counted] = await Promise.all([
    ends('ASC', firstCount),
    ends('DESC', recentCount),
    pool().query<{ count: number }>('SELECT count(*)::int AS count FROM vibration_snapshot WHERE asset_id = $1 AND recorded_at >= to_timestamp($2)', [
      assetId,
      sinceSeconds,
    ]),
  ])
  return { first: first.rows, recent: recent.rows.toReversed(), count: counted.rows[0]?.count ?? 0 }
}

/** Medians over stretches of equal length between the first and the last snapshot; a stretch without has none. */
export async function readVibrationCurve(assetId: string, stretches: number) {
  const { rows } = await pool().query<{ timestamp: number; rmsHorizontal: number; rmsVertical: number }>(
    `WITH span AS (
       SELECT min(recorded_at) AS first, GREATEST(extract(epoch FROM max(recorded_at) - min(recorded_at)), 1) AS seconds
       FROM vibration_snapshot WHERE asset_id = $1
     )
     SELECT min(extract(epoch FROM recorded_at))::float8 AS timestamp,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY rms_h::float8) AS "rmsHorizontal",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY rms_v::float8) AS "rmsVertical"
     FROM vibration_snapshot CROSS JOIN span WHERE asset_id = $1
     GROUP BY floor(extract(epoch FROM recorded_at - first) / seconds * ($2 - 0.001)) ORDER BY 1`,
    [assetId, stretches],
  )
  return rows
}
