import { APPLIANCES } from '@/lib/contracts/appliances'
import { headMetricsSchema } from '@/lib/contracts/home-learning'
import type { RegisteredHead } from '@/lib/contracts/model-registry'
import { pool } from '@/lib/infra/db'

interface Row extends Omit<RegisteredHead, 'appliance' | 'metrics' | 'site' | 'building'> {
  appliance: number
  metrics: unknown
  siteId: string | null
  siteName: string | null
  buildingId: string
  buildingName: string
}

/** Homes' own heads of all sites and model versions, newest first. */
export async function listAllHeads(limit: number): Promise<RegisteredHead[]> {
  const { rows } = await pool().query<Row>(
    `SELECT h.id, h.appliance, v.version AS "modelVersion", h.status, h.metrics,
       extract(epoch FROM h.created_at)::float8 AS "createdAt", extract(epoch FROM h.status_at)::float8 AS "statusAt",
       s.id AS "siteId", s.name AS "siteName", b.id AS "buildingId", b.name AS "buildingName"
     FROM home_head h JOIN model_version v ON v.id = h.model_version_id JOIN building b ON b.key = h.building_key
     LEFT JOIN site s ON s.id = b.site_id
     ORDER BY h.created_at DESC, h.id LIMIT $1`,
    [limit],
  )
  return rows.flatMap(({ appliance, metrics, siteId, siteName, buildingId, buildingName, ...row }) => {
    const name = APPLIANCES[appliance]
    const read = headMetricsSchema.safeParse(metrics)
    if (!name || !read.success) return []
    const site = siteId === null ? null : { id: siteId, name: siteName ?? siteId }
    return [{ ...row, appliance: name, metrics: read.data, site, building: { id: buildingId, name: buildingName } }]
  })
}
