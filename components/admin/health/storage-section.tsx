'use client'

import { useTranslations } from 'use-intl'
import { Section } from '@/components/ui/section'
import type { SystemHealth } from '@/lib/contracts/system-health'
import { DataCell, DataRow, DataTable, FactList } from '../fact-list'
import { bytesText, countText, shareText } from '../figures'

/** Less free than this is soon full. */
const LITTLE_SHARE = 0.1

/** 202611 -> 2026-11 */
const monthText = (month: string | null) => (month ? `${month.slice(0, 4)}-${month.slice(4)}` : '–')

export function StorageSection({ database, disk, locale }: Pick<SystemHealth, 'database' | 'disk'> & { locale: string }) {
  const t = useTranslations('adminHealth.storage')
  const free = disk && disk.totalBytes > 0 ? disk.freeBytes / disk.totalBytes : null
  const diskText =
    disk && free !== null
      ? t('ofAll', {
          free: bytesText(disk.freeBytes, locale),
          all: bytesText(disk.totalBytes, locale),
          share: shareText(free, locale),
        })
      : t('diskUnknown')
  return (
    <Section id="storage" title={t('title')} text={t('text')}>
      <FactList
        className="mt-3"
        facts={[
          ...(database
            ? ([
                [t('database'), bytesText(database.bytes, locale)],
                [t('version'), database.version],
                [
                  t('connections'),
                  t('ofMost', {
                    used: countText(database.connections, locale),
                    most: countText(database.maxConnections, locale),
                  }),
                ],
              ] as const)
            : []),
          [
            t('disk'),
            <span key="disk" className={free !== null && free < LITTLE_SHARE ? 'text-bad' : undefined}>{diskText}</span>,
          ],
        ]}
      />
      {!database && <p className="mt-3 text-bad">{t('unknown')}</p>}
      {database && (
        <DataTable
          label={t('partitions')}
          columns={[
            { name: t('table.series') },
            { name: t('table.months'), isNumber: true },
            { name: t('table.from') },
            { name: t('table.to') },
            { name: t('table.size'), isNumber: true },
          ]}
        >
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
