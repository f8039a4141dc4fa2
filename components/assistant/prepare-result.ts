import { durationInWords, NO_BREAK_SPACE, type Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import type { Figure, ToolResult } from '@/lib/contracts/assistant'

export type ResultTable = NonNullable<ToolResult['table']>
export type ColumnUnit = ResultTable['columns'][number]['unit']

/** A value of a table or a figure as the reader's language writes it. */
export function valueText(value: string | number | null, unit: ColumnUnit, format: Format, t: Translator<'format'>): string {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  const { locale } = format.settings
  const number = (digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  const withUnit = (digits: number, name: string) => `${number(digits)}${NO_BREAK_SPACE}${name}`
  switch (unit) {
    case 'W':
      return format.powerText(value)
    case 'kWh':
      return format.energyText(value)
    case 'currency':
      return format.money(value)
    case 'currency/kWh':
      return format.price(value)
    case 'currency/h':
      return `${format.money(value)}/h`
    case 'kg':
      return format.mass(value)
    case 'g/kWh':
      return withUnit(0, 'g/kWh')
    case 'percent':
      return withUnit(Math.abs(value) < 10 ? 1 : 0, '%')
    case 'seconds':
      return durationInWords(value, t)
    case 'time':
      return format.local(value, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
    case 'V':
    case 'A':
      return withUnit(1, unit)
    case 'Hz':
      return withUnit(2, unit)
    case 'ratio':
      return number(2)
    case 'count':
    case null:
      return number(0)
  }
}

export interface CategoryBar {
  name: string
  value: number
  /** The same of the period it is compared with. */
  before: number | null
}

export interface TimeBar {
  /** Unix seconds. */
  startSeconds: number
  value: number
}

export type PreparedChart =
  | { kind: 'categories'; unit: ColumnUnit; bars: CategoryBar[]; names: { value: string; before: string | null } }
  | { kind: 'time'; unit: ColumnUnit; bars: TimeBar[]; bucket: 'hour' | 'day' | 'month'; name: string }

const BUCKETS = { Hour: 'hour', Day: 'day', Month: 'month' } as const
const LEAST_BARS = 2

/** What a result's table shows as a chart; null where it says nothing as one. */
export function prepareChart({ table, chart }: Pick<ToolResult, 'table' | 'chart'>): PreparedChart | null {
  const [first, second, third] = table?.columns ?? []
  if (!table || !chart || !first || !second || table.rows.length < LEAST_BARS) return null
  if (first.unit === 'time') {
    const bars = table.rows.flatMap(([startSeconds, value]) =>
      typeof startSeconds === 'number' && typeof value === 'number' ? [{ startSeconds, value }] : [])
    const bucket = BUCKETS[first.name as keyof typeof BUCKETS] ?? 'day'
    return bars.length < LEAST_BARS ? null : { kind: 'time', unit: second.unit, bars, bucket, name: second.name }
  }
  const isCompared = third !== undefined && third.unit === second.unit
  const bars = table.rows.flatMap(([name, value, before]): CategoryBar[] => {
    if (typeof name !== 'string' || typeof value !== 'number') return []
    return [{ name, value, before: isCompared && typeof before === 'number' ? before : null }]
  })
  const names = { value: second.name, before: isCompared ? third.name : null }
  return bars.length < LEAST_BARS ? null : { kind: 'categories', unit: second.unit, bars, names }
}

/** How the chart's values came about: the weakest of the result's figures. */
export function originOfResult({ figures }: Pick<ToolResult, 'figures'>): Figure['origin'] | null {
  const origins = new Set(figures.map(({ origin }) => origin))
  return (['simulated', 'calculated', 'estimated', 'measured'] as const).find((origin) => origins.has(origin)) ?? null
}

/** Of one appliance, of everything: whether what a row or a bucket says was measured as such. */
export function isEstimated({ tool, arguments: given, table }: Pick<ToolResult, 'tool' | 'arguments' | 'table'>): boolean {
  return tool === 'forecast' || table?.columns[0]?.unit !== 'time' || (typeof given.subject === 'string' && given.subject !== 'total')
}
