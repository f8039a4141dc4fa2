import type { CurrentUser } from '@/lib/contracts/current-user'
import type { PowerQuality, QualityRange, QualitySeries, QualityValue } from '@/lib/contracts/power-quality'
import { newestElectricalSeconds, readElectricalBins, type ElectricalBin } from '@/lib/data/electrical-bins'
import { findSiteOf } from '@/lib/data/sites'
import {
  judgeQuality, keepsLimits, QUALITY_BIN_SECONDS, QUALITY_QUANTITIES, qualityLimits, type QualityQuantity,
} from '@/lib/domain/power-quality'

const RANGES: Record<QualityRange, { seconds: number; drawnBinSeconds: number }> = {
  '24h': { seconds: 86_400, drawnBinSeconds: 600 },
  '7d': { seconds: 7 * 86_400, drawnBinSeconds: 600 },
  '30d': { seconds: 30 * 86_400, drawnBinSeconds: 3600 },
}
/** Readings that end longer ago than this are shown up to their own end. */
const RECENT_SECONDS = 6 * 3600
const UNITS: Record<QualityQuantity, string> = { voltage: 'V', frequency: 'Hz', power_factor: '', thd: '%' }
const FIELDS = { voltage: 'voltage', frequency: 'frequency', power_factor: 'powerFactor', thd: 'thd' } as const

/**
 * What a building measures beside power, with the limits of EN 50160 where they apply.
 * @param buildingId by default the site's first building
 * @returns null where the user has no such site or the site no such building
 */
export async function getPowerQualityOf(
  user: CurrentUser,
  siteId: string,
  { range, buildingId }: { range: QualityRange; buildingId?: string },
): Promise<PowerQuality | null> {
  const site = await findSiteOf(user, siteId)
  const building = site?.buildings.find(({ id }) => buildingId === undefined || id === buildingId)
  if (!building) return null
  const { seconds, drawnBinSeconds } = RANGES[range]
  const now = Date.now() / 1000
  const newest = await newestElectricalSeconds(building.key)
  const end = newest !== null && newest < now - RECENT_SECONDS ? newest : now
  const toTimestamp = (Math.floor(end / drawnBinSeconds) + 1) * drawnBinSeconds
  const fromTimestamp = toTimestamp - seconds
  const read = (basis: 'meter' | 'devices') =>
    readElectricalBins(building.key, basis, fromTimestamp, toTimestamp, QUALITY_BIN_SECONDS)
  let basis: PowerQuality['basis'] = newest === null ? null : 'meter'
  let bins = newest === null ? [] : await read('meter')
  if (basis === 'meter' && bins.length === 0) {
    basis = 'devices'
    bins = await read('devices')
  }
  return {
    buildingId: building.id,
    buildingName: building.name,
    simulated: building.simulated,
    range,
    basis,
    fromTimestamp,
    toTimestamp,
    binSeconds: drawnBinSeconds,
    series: QUALITY_QUANTITIES.map((quantity) => toSeries(quantity, bins, { fromTimestamp, toTimestamp, drawnBinSeconds })),
  }
}

function toSeries(
  quantity: QualityQuantity,
  bins: readonly ElectricalBin[],
  frame: { fromTimestamp: number; toTimestamp: number; drawnBinSeconds: number },
): QualitySeries {
  const own = bins.flatMap((bin) => {
    const value = bin[FIELDS[quantity]]
    return value ? [{ startSeconds: bin.startSeconds, value }] : []
  })
  const means = own.map(({ value: [mean] }) => mean)
  const found = means.length === 0 ? null : qualityLimits(quantity, median(means))
  const limits = typeof found === 'string' ? null : found
  const verdicts = limits ? means.map((mean) => judgeQuality(mean, limits)) : []
  const count = (verdict: string) => verdicts.filter((candidate) => candidate === verdict).length
  const { fromTimestamp, toTimestamp, drawnBinSeconds } = frame
  const slots = Array.from({ length: (toTimestamp - fromTimestamp) / drawnBinSeconds }, (): (typeof own)[number]['value'][] => [])
  for (const { startSeconds, value } of own) slots[Math.floor((startSeconds - fromTimestamp) / drawnBinSeconds)]?.push(value)
  return {
    quantity,
    unit: UNITS[quantity],
    latest: means.at(-1) ?? null,
    limits,
    unjudged: typeof found === 'string' ? found : null,
    judged: limits && {
      means: means.length,
      good: count('good'),
      unusual: count('unusual'),
      beyond: count('beyond'),
      isKept: keepsLimits(means, limits) === true,
    },
    values: slots.map(merge),
  }
}

function merge(values: readonly (readonly [number, number, number])[]): QualityValue | null {
  if (values.length === 0) return null
  return {
    mean: values.reduce((sum, [mean]) => sum + mean, 0) / values.length,
    min: Math.min(...values.map(([, min]) => min)),
    max: Math.max(...values.map(([, , max]) => max)),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
