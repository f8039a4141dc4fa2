import { APPLIANCES } from '@/lib/contracts/appliances'
import { assetSchema, type Asset, type AssetInput } from '@/lib/contracts/assets'
import { pool } from '@/lib/infra/db'

interface AssetRow {
  id: string
  site_id: string
  name: string
  kind: string
  building_id: string | null
  appliance: number | null
  device: string | null
  vibration_sensor: string | null
  installed_on: string | null
  created_at: Date
}

const FIELDS = `id, site_id, name, kind, building_id, appliance, device, vibration_sensor,
  to_char(installed_on, 'YYYY-MM-DD') AS installed_on, created_at`

/** By name. */
export async function findAssets(siteId: string): Promise<Asset[]> {
  const { rows } = await pool().query<AssetRow>(`SELECT ${FIELDS} FROM asset WHERE site_id = $1 ORDER BY name, id`, [siteId])
  return rows.map(toAsset)
}

/** Of which site an asset is, whoever asks. */
export async function findSiteOfAsset(id: string): Promise<string | null> {
  const { rows } = await pool().query<{ site_id: string }>('SELECT site_id FROM asset WHERE id = $1', [id])
  return rows[0]?.site_id ?? null
}

/** @returns null where another asset is this appliance of this building already */
export async function insertAsset(siteId: string, id: string, asset: AssetInput): Promise<Asset | null> {
  const { rows } = await pool().query<AssetRow>(
    `INSERT INTO asset (id, site_id, name, kind, building_id, appliance, device, vibration_sensor, installed_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING ${FIELDS}`,
    [id, siteId, ...valuesOf(asset)],
  )
  return rows[0] ? toAsset(rows[0]) : null
}

/** @returns null where another asset is this appliance of this building already, 'none' where the site has no such asset */
export async function updateAsset(siteId: string, id: string, asset: AssetInput): Promise<Asset | null | 'none'> {
  try {
    const { rows } = await pool().query<AssetRow>(
      `UPDATE asset SET name = $3, kind = $4, building_id = $5, appliance = $6, device = $7, vibration_sensor = $8, installed_on = $9
       WHERE id = $1 AND site_id = $2 RETURNING ${FIELDS}`,
      [id, siteId, ...valuesOf(asset)],
    )
    return rows[0] ? toAsset(rows[0]) : 'none'
  } catch (error) {
    if (isUniqueViolation(error)) return null
    throw error
  }
}

/** @returns whether there was one */
export async function deleteAsset(siteId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM asset WHERE id = $1 AND site_id = $2', [id, siteId])
  return (rowCount ?? 0) > 0
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

function valuesOf(asset: AssetInput): unknown[] {
  return [
    asset.name,
    asset.kind,
    asset.buildingId,
    asset.appliance === null ? null : APPLIANCES.indexOf(asset.appliance),
    asset.device,
    asset.vibrationSensor,
    asset.installedOn,
  ]
}

function toAsset(row: AssetRow): Asset {
  return assetSchema.parse({
    id: row.id,
    siteId: row.site_id,
    name: row.name,
    kind: row.kind,
    buildingId: row.building_id,
    appliance: row.appliance === null ? null : APPLIANCES[row.appliance],
    device: row.device,
    vibrationSensor: row.vibration_sensor,
    installedOn: row.installed_on,
    createdAt: row.created_at.toISOString(),
  })
}
