'use client'

import { useTranslations } from 'use-intl'
import { durationInWords } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import { Badge } from '@/components/ui/badge'
import type { RunningProcess } from '@/lib/contracts/system-health'
import { FactList } from '../fact-list'
import { amountText, bytesText, countText, shareText, tookText } from '../figures'

interface ProcessListProps {
  processes: readonly RunningProcess[]
  missingKinds: readonly string[]
  /** Unix seconds. */
  now: number
  locale: string
}

type HealthTranslator = Translator<'adminHealth'>

const KINDS = ['web', 'inference', 'gateway', 'jobs', 'learning', 'mqtt'] as const
const FACTS = [
  'shards',
  'buildings',
  'unstoredReadings',
  'mqttConnected',
  'mqttStored',
  'mqttWaiting',
  'mqttRejected',
  'mqttRetained',
  'mqttWithoutPower',
  'mqttLost',
  'announcedSensors',
] as const

/** What is known no more, or not yet, keeps its own name. */
function processWord(kind: string, t: HealthTranslator): string {
  const known = KINDS.find((one) => one === kind)
  return known ? t(`processes.kinds.${known}`) : kind
}

function factWord(name: string, t: HealthTranslator): string {
  const known = FACTS.find((one) => one === name)
  return known ? t(`processes.facts.${known}`) : name
}

/** Every process with how it is; those that should run and do not come first. */
export function ProcessList({ processes, missingKinds, now, locale }: ProcessListProps) {
  const t = useTranslations('adminHealth')
  const tFormat = useTranslations('format')
  return (
    <ul className="mt-2">
      {missingKinds.filter((kind) => !processes.some((one) => one.kind === kind)).map((kind) => (
        <li key={kind} className="border-b border-line/60 py-3 last:border-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {processWord(kind, t)} <Badge tone="bad">{t('processes.missing')}</Badge>
          </p>
          <p className="text-[0.8125rem] text-ink-soft">{t('processes.missingText')}</p>
        </li>
      ))}
      {processes.map((one) => (
        <li key={one.id} className="border-b border-line/60 py-3 last:border-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-medium">{processWord(one.kind, t)}</h3>
            {one.isSilent ? (
              <Badge tone="bad">{t('processes.silent', { duration: durationInWords(one.silentSeconds, tFormat) })}</Badge>
            ) : (
              <Badge tone="accent">{t('processes.running')}</Badge>
            )}
            <p className="text-[0.8125rem] wrap-anywhere text-ink-soft">
              {t('processes.place', {
                host: one.host,
                pid: String(one.pid),
                duration: durationInWords(now - one.startedAt, tFormat),
              })}
            </p>
          </div>
          <FactList className="mt-2 gap-x-6 text-sm" facts={factsOf(one, locale, t)} />
        </li>
      ))}
    </ul>
  )
}

function factsOf(one: RunningProcess, locale: string, t: HealthTranslator): [string, string][] {
  const own = Object.entries(one.facts).map(([name, value]): [string, string] => [factWord(name, t), countText(value, locale)])
  const liveStore = (seconds: number): [string, string] => [t('processes.liveStore'), tookText(seconds, locale)]
  return [
    [t('processes.cpu'), one.cpuShare > 1 ? `${amountText(one.cpuShare, locale)} ×` : shareText(one.cpuShare, locale)],
    [t('processes.memory'), bytesText(one.memoryBytes, locale)],
    [
      t('processes.database'),
      one.databaseSeconds === null ? t('processes.noAnswer') : tookText(one.databaseSeconds, locale),
    ],
    ...(one.liveStoreSeconds === null ? [] : [liveStore(one.liveStoreSeconds)]),
    ...own,
    [t('processes.logs'), one.logLevel],
    [t('processes.node'), one.nodeVersion],
  ]
}
