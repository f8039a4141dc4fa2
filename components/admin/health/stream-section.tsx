'use client'

import { useTranslations } from 'use-intl'
import { Moment } from '@/components/format/moment'
import { durationInWords } from '@/components/format/quantities'
import { Badge } from '@/components/ui/badge'
import { Section } from '@/components/ui/section'
import type { SystemHealth } from '@/lib/contracts/system-health'
import { DataCell, DataRow, DataTable } from '../fact-list'
import { countText } from '../figures'

/** Behind by more than this, a building's meter or its worker has stopped. */
const BEHIND_SECONDS = 120

interface StreamSectionProps {
  shards: SystemHealth['shards']
  buildings: SystemHealth['buildings']
  locale: string
}

/** Who works on which part of the stream, and how far behind the buildings are. */
export function StreamSection({ shards, buildings, locale }: StreamSectionProps) {
  const t = useTranslations('adminHealth.stream')
  const tFormat = useTranslations('format')
  const behindText = (seconds: number) => t('behindFor', { duration: durationInWords(seconds, tFormat) })
  const served = shards?.filter(({ owner }) => owner !== null).length ?? 0
  const waiting = shards?.reduce((sum, shard) => sum + shard.waiting, 0) ?? 0
  return (
    <Section id="stream" title={t('title')} text={t('text')}>
      {shards ? (
        <>
          <p className={served < shards.length ? 'mt-3 text-bad' : 'mt-3'}>
            {t('served', {
              served: countText(served, locale),
              all: countText(shards.length, locale),
              waiting: countText(waiting, locale),
            })}
          </p>
          <details className="text-sm">
            <summary className="flex min-h-11 w-fit cursor-pointer items-center text-ink-soft underline underline-offset-3">
              {t('showShards')}
            </summary>
            <DataTable
              label={t('shards')}
              columns={[
                { name: t('shardTable.shard') },
                { name: t('shardTable.owner') },
                { name: t('shardTable.waiting'), isNumber: true },
              ]}
            >
              {shards.map(({ shard, owner, waiting: own }) => (
                <DataRow key={shard}>
                  <DataCell isHead>{shard}</DataCell>
                  <DataCell>{owner ?? <span className="text-bad">{t('nobody')}</span>}</DataCell>
                  <DataCell isNumber>{countText(own, locale)}</DataCell>
                </DataRow>
              ))}
            </DataTable>
          </details>
        </>
      ) : (
        <p className="mt-3 text-bad">{t('unknown')}</p>
      )}
      {buildings && (
        <>
          <h3 className="mt-4 font-medium">{t('buildings')}</h3>
          {buildings.length === 0 && <p className="mt-1 text-ink-soft">{t('noBuildings')}</p>}
          {buildings.length > 0 && (
            <DataTable
              label={t('buildings')}
              columns={[
                { name: t('buildingTable.building') },
                { name: t('buildingTable.lastReading') },
                { name: t('buildingTable.behind'), isNumber: true },
                { name: t('buildingTable.late'), isNumber: true },
                { name: t('buildingTable.rejected'), isNumber: true },
              ]}
            >
              {buildings.map((building) => (
                <DataRow key={building.id}>
                  <DataCell isHead>
                    {building.name}
                    {building.siteName && <span className="block font-normal text-ink-soft">{building.siteName}</span>}
                  </DataCell>
                  <DataCell className="figures whitespace-nowrap">
                    <Moment at={building.lastReadingAt} locale={locale} />
                  </DataCell>
                  <DataCell isNumber>
                    {building.lagSeconds > BEHIND_SECONDS ? (
                      <Badge tone="warn">{behindText(building.lagSeconds)}</Badge>
                    ) : building.lagSeconds < 2 ? (
                      t('upToDate')
                    ) : (
                      behindText(building.lagSeconds)
                    )}
                  </DataCell>
                  <DataCell isNumber>{countText(building.lateReadings, locale)}</DataCell>
                  <DataCell isNumber>{countText(building.rejectedReadings, locale)}</DataCell>
                </DataRow>
              ))}
            </DataTable>
          )}
        </>
      )}
    </Section>
  )
}
