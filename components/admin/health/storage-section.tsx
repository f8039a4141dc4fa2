import { Section } from '@/components/ui/section'
import type { SystemHealth } from '@/lib/contracts/system-health'
import { DataCell, DataRow, DataTable, FactList } from '../fact-list'
import { bytesText, countText, shareText } from '../figures'

/** Less free than this is soon full. */
const LITTLE_SHARE = 0.1

const TEXT = {
  title: 'Storage',
  text: 'The database, its tables that are split by month, and the disk of the web process.',
  unknown: 'The database does not answer.',
  database: 'Database',
  version: 'PostgreSQL',
  connections: 'Connections',
  ofMost: (used: string, most: string) => `${used} of ${most}`,
  disk: 'Free on the disk',
  ofAll: (free: string, all: string, share: string) => `${free} of ${all} (${share})`,
  diskUnknown: 'unknown',
  partitions: 'Tables by month',
  columns: [{ name: 'Table' }, { name: 'Months', isNumber: true }, { name: 'From' }, { name: 'To' }, { name: 'Size', isNumber: true }],
} as const

/** 202611 -> 2026-11 */
const monthText = (month: string | null) => (month ? `${month.slice(0, 4)}-${month.slice(4)}` : '–')

export function StorageSection({ database, disk, locale }: Pick<SystemHealth, 'database' | 'disk'> & { locale: string }) {
  const free = disk && disk.totalBytes > 0 ? disk.freeBytes / disk.totalBytes : null
  const diskText =
    disk && free !== null
      ? TEXT.ofAll(bytesText(disk.freeBytes, locale), bytesText(disk.totalBytes, locale), shareText(free, locale))
      : TEXT.diskUnknown
  return (
    <Section id="storage" title={TEXT.title} text={TEXT.text}>
      <FactList
        className="mt-3"
        facts={[
          ...(database
            ? ([
                [TEXT.database, bytesText(database.bytes, locale)],
                [TEXT.version, database.version],
                [
                  TEXT.connections,
                  TEXT.ofMost(countText(database.connections, locale), countText(database.maxConnections, locale)),
                ],
              ] as const)
            : []),
          [TEXT.disk, <span key="disk" className={free !== null && free < LITTLE_SHARE ? 'text-bad' : undefined}>{diskText}</span>],
        ]}
      />
      {!database && <p className="mt-3 text-bad">{TEXT.unknown}</p>}
      {database && (
        <DataTable label={TEXT.partitions} columns={TEXT.columns}>
          {database.partitions.map(({ series, partitions, firstMonth, lastMonth, bytes }) => (
            <DataRow key={series}>
              <DataCell isHead><code>{series}</code></DataCell>
              <DataCell isNumber>{countText(partitions, locale)}</DataCell>
              <DataCell className="figures whitespace-nowrap">{monthText(firstMonth)}</DataCell>
              <DataCell className="figures whitespace-nowrap">{monthText(lastMonth)}</DataCell>
              <DataCell isNumber>{bytesText(bytes, locale)}</DataCell>
            </DataRow>
          ))}
        </DataTable>
      )}
    </Section>
  )
}
