import type { PoolClient } from 'pg'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { withTransaction } from '@/lib/infra/db'

/** Of advisory locks: a building's labels change, and are said to have been read, one after the other. */
const LOCK = 727_004

/** What one label says: what was shown, what it was. */
export interface NamedAppliances {
  estimatedAppliance: Appliance | null
  trueAppliance: Appliance | null
}

/** Until the transaction ends nobody else changes the building's labels, and whoever is about to read them waits. */
export async function lockLabels(client: PoolClient, buildingKey: number): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK, buildingKey])
}

/**
 * Notes that labels were changed, in the transaction that did and with their lock held.
 * @param withdrawn what had been said and no longer is
 */
export async function markLabelsChanged(
  client: PoolClient,
  buildingKey: number,
  { said, withdrawn }: { said?: NamedAppliances; withdrawn?: NamedAppliances },
): Promise<void> {
  const [saidOf, withdrawnOf] = [indexesOf(said), indexesOf(withdrawn)]
  // The time of the transaction's start may lie before that of a reader whom the lock let in first.
  await client.query(
    `INSERT INTO run_label_change (building_key, appliance, changed_at, withdrawn_at)
     SELECT $1, appliance, clock_timestamp(), CASE WHEN appliance = ANY($3::int[]) THEN clock_timestamp() END
     FROM unnest($2::int[]) AS appliance
     ON CONFLICT (building_key, appliance) DO UPDATE SET changed_at = EXCLUDED.changed_at,
       withdrawn_at = coalesce(EXCLUDED.withdrawn_at, run_label_change.withdrawn_at)`,
    [buildingKey, [...new Set([...saidOf, ...withdrawnOf])], withdrawnOf],
  )
}

/**
 * The time as of which labels count that are read after this: every later change has a later time.
 * @returns as PostgreSQL writes it
 */
export function timeOfReading(buildingKey: number): Promise<string> {
  return withTransaction(async (client) => {
    await lockLabels(client, buildingKey)
    return (await client.query<{ now: string }>('SELECT clock_timestamp()::text AS now')).rows[0]!.now
  })
}

function indexesOf(named: NamedAppliances | undefined): number[] {
  const appliances = named ? [named.estimatedAppliance, named.trueAppliance] : []
  return appliances.flatMap((appliance) => (appliance === null ? [] : APPLIANCES.indexOf(appliance)))
}
