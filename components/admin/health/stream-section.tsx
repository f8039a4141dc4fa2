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

const TEXT = {
  title: 'Stream of readings',
  text: 'Readings wait in shards, each served by one inference worker, until they are stored.',
  unknown: 'Could not be found out: the live store does not answer.',
  served: (served: string, all: string, waiting: string) => `${served} of ${all} shards are served. Readings that wait: ${waiting}.`,
  nobody: 'nobody',
  columns: [{ name: 'Shard' }, { name: 'Served by' }, { name: 'Waiting', isNumber: true }],
  shards: 'Shards',
  showShards: 'Each shard',
  buildings: 'Buildings, the furthest behind first',
  noBuildings: 'No meter has sent anything yet.',
  buildingColumns: [
    { name: 'Building' },
    { name: 'Last reading' },
    { name: 'Behind', isNumber: true },
    { name: 'Late', isNumber: true },
    { name: 'Rejected', isNumber: true },
  ],
  now: 'up to date',
} as const

interface StreamSectionProps {
  shards: SystemHealth['shards']
  buildings: SystemHealth['buildings']
  locale: string
}

/** Who works on which part of the stream, and how far behind the buildings are. */
export function StreamSection({ shards, buildings, locale }: StreamSectionProps) {
  const tFormat = useTranslations('format')
  const served = shards?.filter(({ owner }) => owner !== null).length ?? 0
  const waiting = shards?.reduce((sum, shard) => sum + shard.waiting, 0) ?? 0
  return (
    <Section id="stream" title={TEXT.title} text={TEXT.text}>
      {shards ? (
        <>
          <p className={served < shards.length ? 'mt-3 text-bad' : 'mt-3'}>
            {TEXT.served(countText(served, locale), countText(shards.length, locale), countText(waiting, locale))}
          </p>
          <details className="text-sm">
            <summary className="flex min-h-11 w-fit cursor-pointer items-center text-ink-soft underline underline-offset-3">
              {TEXT.showShards}
            </summary>
            <DataTable label={TEXT.shards} columns={TEXT.columns}>
              {shards.map(({ shard, owner, waiting: own }) => (
                <DataRow key={shard}>
                  <DataCell isHead>{shard}</DataCell>
                  <DataCell>{owner ?? <span className="text-bad">{TEXT.nobody}</span>}</DataCell>
                  <DataCell isNumber>{countText(own, locale)}</DataCell>
                </DataRow>
              ))}
            </DataTable>
          </details>
        </>
      ) : (
        <p className="mt-3 text-bad">{TEXT.unknown}</p>
      )}
      {buildings && (
        <>
          <h3 className="mt-4 font-medium">{TEXT.buildings}</h3>
          {buildings.length === 0 && <p className="mt-1 text-ink-soft">{TEXT.noBuildings}</p>}
          {buildings.length > 0 && (
            <DataTable label={TEXT.buildings} columns={TEXT.buildingColumns}>
              {buildings.map((building) => (
                <DataRow key={building.id}>
                  <DataCell isHead>
                    {building.name}
                    {building.siteName && <span className="block font-normal text-ink-soft">{building.siteName}</span>}
                  </DataCell>
                  <DataCell className="figures whitespace-nowrap"><Moment at={building.lastReadingAt} locale={locale} /></DataCell>
                  <DataCell isNumber>
                    {building.lagSeconds > BEHIND_SECONDS ? (
                      <Badge tone="warn">{durationInWords(building.lagSeconds, tFormat)}</Badge>
                    ) : building.lagSeconds < 2 ? (
                      TEXT.now
                    ) : (
                      durationInWords(building.lagSeconds, tFormat)
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
