import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool, withTransaction } from '@/lib/infra/db'

export interface RoomRow {
  buildingKey: number
  appliance: Appliance
  room: string
}

/** In which room the appliances of these buildings stand; one that nobody gave a room is absent. */
export async function findRooms(buildingKeys: readonly number[]): Promise<RoomRow[]> {
  const { rows } = await pool().query<{ building_key: number; appliance: number; room: string }>(
    'SELECT building_key, appliance, room FROM appliance_room WHERE building_key = ANY($1::int[]) ORDER BY building_key, appliance',
    [buildingKeys],
  )
  return rows.flatMap((row) => {
    const appliance = APPLIANCES[row.appliance]
    return appliance ? [{ buildingKey: row.building_key, appliance, room: row.room }] : []
  })
}

/** Puts these in place of all rooms of these buildings. */
export async function replaceRooms(buildingKeys: readonly number[], rooms: readonly RoomRow[]): Promise<void> {
  await withTransaction(async (client) => {
    await client.query('DELETE FROM appliance_room WHERE building_key = ANY($1::int[])', [buildingKeys])
    await client.query(
      `INSERT INTO appliance_room (building_key, appliance, room)
       SELECT b, a, r FROM UNNEST($1::int[], $2::smallint[], $3::text[]) AS u(b, a, r)`,
      [
        rooms.map(({ buildingKey }) => buildingKey),
        rooms.map(({ appliance }) => APPLIANCES.indexOf(appliance)),
        rooms.map(({ room }) => room),
      ],
    )
  })
}
