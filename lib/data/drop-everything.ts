import { withTransaction } from '@/lib/infra/db'

/** Drops every table, sequence, type and function of the application's schema; what belongs to an extension stays. */
export async function dropEverything(): Promise<void> {
  await withTransaction((client) =>
    client.query(`DO $$
      DECLARE
        item RECORD;
      BEGIN
        FOR item IN
          SELECT 'TABLE' AS kind, c.oid::regclass::text AS name FROM pg_class c
          WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
          UNION ALL
          SELECT 'SEQUENCE', c.oid::regclass::text FROM pg_class c
          WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'S'
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
          UNION ALL
          SELECT 'TYPE', t.oid::regtype::text FROM pg_type t
          WHERE t.typnamespace = to_regnamespace(current_schema()) AND t.typtype = 'e'
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
          UNION ALL
          SELECT 'ROUTINE', p.oid::regprocedure::text FROM pg_proc p
          WHERE p.pronamespace = to_regnamespace(current_schema())
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        LOOP
          EXECUTE format('DROP %s IF EXISTS %s CASCADE', item.kind, item.name);
        END LOOP;
      END $$`),
  )
}

/** Whether the application's tables were ever made here. */
export async function hasTables(): Promise<boolean> {
  return withTransaction(async (client) => {
    const { rows } = await client.query<{ found: boolean }>(`SELECT to_regclass('shard_lease') IS NOT NULL AS found`)
    return rows[0]?.found ?? false
  })
}
