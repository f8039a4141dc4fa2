'use client'

import { useTranslations } from 'use-intl'
import type { Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import { APPLIANCE_LABELS, APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import type { ToolStep } from './turns'

const MEASURES = ['energy', 'cost', 'co2'] as const
const SPLITS = { appliance: 'byAppliance', room: 'byRoom', hour: 'byHour', day: 'byDay', month: 'byMonth' } as const
/** The tools' own names of columns, and what they are called in the messages. */
const COLUMNS: Record<string, keyof ReturnType<typeof columnKeys>> = {
  Appliance: 'appliance',
  Power: 'power',
  Room: 'room',
  Energy: 'energy',
  'Energy cost': 'energyCost',
  CO2: 'co2',
  Hour: 'hour',
  Day: 'day',
  Month: 'month',
  Difference: 'difference',
  Start: 'start',
  Length: 'length',
  Device: 'device',
  Kind: 'kind',
  'Last seen': 'lastSeen',
  Fact: 'fact',
  Value: 'value',
  What: 'what',
  Urgency: 'urgency',
  Since: 'since',
  'Against the expected': 'againstExpected',
  Expected: 'expected',
  'Lower end': 'lowerEnd',
  'Upper end': 'upperEnd',
  'Limit reached': 'limitReached',
  Certainty: 'certainty',
  Saving: 'saving',
  'Of the cost': 'ofTheCost',
  Days: 'days',
}

const columnKeys = (t: Translator<'assistant.table'>) => ({
  appliance: t('appliance'),
  power: t('power'),
  room: t('room'),
  energy: t('energy'),
  energyCost: t('energyCost'),
  co2: t('co2'),
  hour: t('hour'),
  day: t('day'),
  month: t('month'),
  difference: t('difference'),
  start: t('start'),
  length: t('length'),
  device: t('device'),
  kind: t('kind'),
  lastSeen: t('lastSeen'),
  fact: t('fact'),
  value: t('value'),
  what: t('what'),
  urgency: t('urgency'),
  since: t('since'),
  againstExpected: t('againstExpected'),
  expected: t('expected'),
  lowerEnd: t('lowerEnd'),
  upperEnd: t('upperEnd'),
  limitReached: t('limitReached'),
  certainty: t('certainty'),
  saving: t('saving'),
  ofTheCost: t('ofTheCost'),
  days: t('days'),
})

const isAppliance = (value: unknown): value is Appliance => APPLIANCES.some((appliance) => appliance === value)
/** The appliance that the tools call by this English name. */
export const applianceOf = (label: string) => APPLIANCES.find((appliance) => APPLIANCE_LABELS[appliance] === label) ?? null

export interface ToolWords {
  /** What was asked: a measure where there is one, else the tool. */
  tool(step: Pick<ToolStep, 'tool' | 'arguments'>): string
  /** What it was asked for, such as "dryer · by day"; empty where nothing was said. */
  asked(step: Pick<ToolStep, 'arguments'>): string[]
  column(name: string): string
  /** Of an appliance, a device or a room. */
  name(name: string): string
}

/** What the assistant's tools and their tables say, in the reader's language. */
export function useToolWords(): ToolWords {
  const tools = useTranslations('assistant.tools')
  const t = useTranslations('assistant')
  const measures = useTranslations('assistant.measures')
  const args = useTranslations('assistant.arguments')
  const table = useTranslations('assistant.table')
  const appliances = useTranslations('appliances')
  const subject = (value: unknown) => {
    if (isAppliance(value)) return appliances(`label.${value}`)
    return value === 'other' ? appliances('other') : null
  }
  return {
    tool({ tool, arguments: given }) {
      const measure = MEASURES.find((name) => name === given.measure)
      if (!measure) return tools(tool)
      return tool === 'compare_periods' ? t('comparedTitle', { name: measures(measure) }) : measures(measure)
    },
    asked({ arguments: given }) {
      const split = typeof given.by === 'string' && given.by in SPLITS ? SPLITS[given.by as keyof typeof SPLITS] : null
      const said = [
        subject(given.appliance ?? given.subject),
        split && args(split),
        typeof given.against === 'string' && args('against', { period: given.against }),
        typeof given.horizonHours === 'number' && args('horizon', { count: given.horizonHours }),
        typeof given.cluster === 'string' && given.cluster,
      ]
      return said.filter((part): part is string => typeof part === 'string' && part !== '')
    },
    column(name) {
      const key = COLUMNS[name]
      return key ? columnKeys(table)[key] : name
    },
    name(name) {
      const appliance = applianceOf(name)
      return appliance ? appliances(`label.${appliance}`) : name === 'Everything else' ? appliances('other') : name
    },
  }
}

const DAY_SECONDS = 86_400

/** From when to when, at the site: days where they are whole, else with the time of day. */
export function periodText({ from, to }: Pick<ResolvedPeriod, 'from' | 'to'>, format: Format): string {
  const isWhole = format.clock(from) === format.clock(to) && /^(00|12):00/.test(format.clock(from))
  const day = (seconds: number) => format.local(seconds, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  if (isWhole) return to - from <= DAY_SECONDS * 1.1 ? day(from) : `${day(from)} – ${day(to - 1)}`
  const isOneDay = day(from) === day(to - 1)
  return `${day(from)}, ${format.clock(from)} – ${isOneDay ? '' : `${day(to)}, `}${format.clock(to)}`
}
