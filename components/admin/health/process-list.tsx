import { useTranslations } from 'use-intl'
import { durationInWords } from '@/components/format/quantities'
import { Badge } from '@/components/ui/badge'
import type { RunningProcess } from '@/lib/contracts/system-health'
import { FactList } from '../fact-list'
import { amountText, bytesText, countText, shareText, tookText } from '../figures'

const TEXT = {
  kinds: {
    web: 'Web',
    inference: 'Inference worker',
    gateway: 'Gateway',
    jobs: 'Jobs worker',
    learning: 'Learning worker',
  } as Record<string, string>,
  silent: (words: string) => `Silent for ${words}`,
  missing: 'Not running',
  missingText: 'None has reported. Start it, or look into its log.',
  running: 'Running',
  place: (host: string, pid: number, since: string) => `${host}, process ${pid}, up for ${since}`,
  cpu: 'Processor',
  memory: 'Memory',
  database: 'Database answers in',
  liveStore: 'Live store answers in',
  logs: 'Logs',
  node: 'Node.js',
  facts: { shards: 'Shards', buildings: 'Buildings', unstoredReadings: 'Readings not stored yet' } as Record<string, string>,
  noAnswer: 'no answer',
} as const

interface ProcessListProps {
  processes: readonly RunningProcess[]
  missingKinds: readonly string[]
  /** Unix seconds. */
  now: number
  locale: string
}

export const processWord = (kind: string) => TEXT.kinds[kind] ?? kind

/** Every process with how it is; those that should run and do not come first. */
export function ProcessList({ processes, missingKinds, now, locale }: ProcessListProps) {
  const tFormat = useTranslations('format')
  return (
    <ul className="mt-2">
      {missingKinds.filter((kind) => !processes.some((one) => one.kind === kind)).map((kind) => (
        <li key={kind} className="border-b border-line/60 py-3 last:border-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {processWord(kind)} <Badge tone="bad">{TEXT.missing}</Badge>
          </p>
          <p className="text-[0.8125rem] text-ink-soft">{TEXT.missingText}</p>
        </li>
      ))}
      {processes.map((one) => (
        <li key={one.id} className="border-b border-line/60 py-3 last:border-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-medium">{processWord(one.kind)}</h3>
            {one.isSilent ? (
              <Badge tone="bad">{TEXT.silent(durationInWords(one.silentSeconds, tFormat))}</Badge>
            ) : (
              <Badge tone="accent">{TEXT.running}</Badge>
            )}
            <p className="text-[0.8125rem] wrap-anywhere text-ink-soft">
              {TEXT.place(one.host, one.pid, durationInWords(now - one.startedAt, tFormat))}
            </p>
          </div>
          <FactList className="mt-2 gap-x-6 text-sm" facts={factsOf(one, locale)} />
        </li>
      ))}
    </ul>
  )
}

function factsOf(one: RunningProcess, locale: string): [string, string][] {
  const own = Object.entries(one.facts).map(([name, value]): [string, string] => [TEXT.facts[name] ?? name, countText(value, locale)])
  return [
    [TEXT.cpu, one.cpuShare > 1 ? `${amountText(one.cpuShare, locale)} ×` : shareText(one.cpuShare, locale)],
    [TEXT.memory, bytesText(one.memoryBytes, locale)],
    [TEXT.database, one.databaseSeconds === null ? TEXT.noAnswer : tookText(one.databaseSeconds, locale)],
    ...(one.liveStoreSeconds === null ? [] : [[TEXT.liveStore, tookText(one.liveStoreSeconds, locale)] as [string, string]]),
    ...own,
    [TEXT.logs, one.logLevel],
    [TEXT.node, one.nodeVersion],
  ]
}
