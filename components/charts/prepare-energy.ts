import type { EnergyBucket, EnergyReport } from '@/lib/contracts/energy'

export type EnergyMeasure = 'energy' | 'cost'

/** One bar. */
export interface EnergyRow {
  index: number
  fromSeconds: number
  toSeconds: number
  /** kWh or money by item key; absent keys are 0. null where nothing was measured. */
  bands: Record<string, number> | null
  /** The sum of the bands; null where nothing was measured or no price is known. */
  total: number | null
  /** The same place in the period compared with. */
  ghost: number | null
  /** Of the elapsed time, 0..1. */
  coverage: number
  isFuture: boolean
}

export interface EnergyBarsData {
  rows: EnergyRow[]
  min: number
  max: number
  measure: EnergyMeasure
}

/** Bars of a report, beside the totals of another one, bar by bar. Costs are those of the energy, without the standing charge. */
export function prepareEnergy(
  report: Pick<EnergyReport, 'buckets'>,
  compared: Pick<EnergyReport, 'buckets'> | null,
  measure: EnergyMeasure,
  nowSeconds: number,
): EnergyBarsData {
  const totalOf = (bucket: EnergyBucket | undefined) => (measure === 'energy' ? bucket?.energyKwh : bucket?.energyCost) ?? null
  const rows = report.buckets.map((bucket, index): EnergyRow => {
    const total = totalOf(bucket)
    const bands = total === null
      ? null
      : Object.fromEntries(bucket.items.map((item) => [item.key, (measure === 'energy' ? item.energyKwh : item.cost) ?? 0]))
    return {
      index,
      fromSeconds: bucket.from,
      toSeconds: bucket.to,
      bands,
      total,
      ghost: totalOf(compared?.buckets[index]),
      coverage: bucket.coverage,
      isFuture: bucket.from >= nowSeconds,
    }
  })
  const sums = rows.flatMap(({ bands, ghost }) => {
    const values = Object.values(bands ?? {})
    const above = values.reduce((sum, value) => sum + Math.max(0, value), 0)
    const below = values.reduce((sum, value) => sum + Math.min(0, value), 0)
    return ghost === null ? [above, below] : [above, below, ghost]
  })
  return { rows, measure, min: Math.min(0, ...sums), max: Math.max(0, ...sums) }
}

/** Round ticks from at most `min` to at least `max`, zero among them. */
export function roundTicks(min: number, max: number, intervals = 4): number[] {
  const span = Math.max(max - min, 1e-3)
  const raw = span / intervals
  const magnitude = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= raw - 1e-12) ?? 10) * magnitude
  const first = Math.floor(min / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(max / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}
