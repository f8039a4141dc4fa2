import type { Figure } from '@/lib/contracts/assistant'
import { newestElectricalSeconds, readElectricalBins, type ElectricalBin } from '@/lib/data/electrical-bins'
import type { BuildingRow } from '@/lib/data/buildings'
import { keepsLimits, judgeQuality, QUALITY_BIN_SECONDS, QUALITY_QUANTITIES, qualityLimits } from '@/lib/domain/power-quality'
import { spreadOf } from '@/lib/domain/typical-run'
import { plainName } from '../names'
import type { ResultBuilder } from './result-builder'
import { isPeriodProblem, newResult, resolvePeriod, type AssistantTool, type ToolContext } from './tool-context'

const DAY_SECONDS = 86_400
const LONGEST_DAYS = 31
const FIELD = { voltage: 'voltage', frequency: 'frequency', power_factor: 'powerFactor', thd: 'thd' } as const
const NAME = { voltage: 'voltage', frequency: 'frequency', power_factor: 'power factor', thd: 'distortion (THD)' } as const
const UNIT: Record<keyof typeof FIELD, Figure['unit']> = { voltage: 'V', frequency: 'Hz', power_factor: 'ratio', thd: 'percent' }

/** Voltage, frequency, power factor and distortion of a period, judged by EN 50160 where that applies. */
export const electricalQuality: AssistantTool<'electrical_quality'> = async (given, context) => {
  const asked = resolvePeriod(given.period, context)
  if (isPeriodProblem(asked)) return asked
  const to = Math.min(asked.to, Math.ceil(context.nowSeconds / QUALITY_BIN_SECONDS) * QUALITY_BIN_SECONDS)
  const isTooLong = to - asked.from > LONGEST_DAYS * DAY_SECONDS
  const from = isTooLong ? to - LONGEST_DAYS * DAY_SECONDS : asked.from
  const result = newResult('electrical_quality', given, { ...asked, from }, context)
  result.note(isTooLong && 'Only the last month of that time was looked at.')
  let hasAny = false
  for (const building of context.site.buildings) {
    const [newest, meter] = await Promise.all([
      newestElectricalSeconds(building.key),
      readElectricalBins(building.key, 'meter', from, to, QUALITY_BIN_SECONDS),
    ])
    const bins = meter.length > 0 ? meter : await readElectricalBins(building.key, 'devices', from, to, QUALITY_BIN_SECONDS)
    if (meter.length === 0 && bins.length > 0)
      result.note('The main meter measures none of these; the values are those of all devices together.')
    if (newest !== null) result.moment('newest electrical reading', newest, context.links.powerQuality())
    for (const quantity of QUALITY_QUANTITIES) {
      if (given.quantity !== 'all' && given.quantity !== quantity) continue
      hasAny = addQuantity(result, quantity, bins, building, context) || hasAny
    }
  }
  if (!hasAny)
    result.note(
      given.quantity === 'all'
        ? 'No meter here sent electrical quality in this time.'
        : `No meter here sent ${NAME[given.quantity]} in this time.`,
    )
  return result.build()
}

function addQuantity(
  result: ResultBuilder,
  quantity: keyof typeof FIELD,
  bins: readonly ElectricalBin[],
  building: BuildingRow,
  { site, links }: ToolContext,
): boolean {
  const values = bins.flatMap((bin) => (bin[FIELD[quantity]] ? [bin[FIELD[quantity]]!] : []))
  const last = values.at(-1)
  if (!last) return false
  const where = site.buildings.length > 1 ? ` of ${plainName(building.name)}` : ''
  const means = values.map(([mean]) => mean)
  const origin = building.simulated ? 'simulated' : 'measured'
  const add = (label: string, value: number, unit: Figure['unit'] = UNIT[quantity]) => {
    result.figure({ label: `${label}${where}`, value, unit, origin, href: links.powerQuality() })
  }
  add(`mean ${NAME[quantity]}`, means.reduce((sum, mean) => sum + mean, 0) / means.length)
  add(`lowest ${NAME[quantity]}`, Math.min(...values.map(([, min]) => min)))
  add(`highest ${NAME[quantity]}`, Math.max(...values.map(([, , max]) => max)))
  add(`newest ${NAME[quantity]}, ten-minute mean`, last[0])
  const limits = qualityLimits(quantity, spreadOf(means).median)
  if (typeof limits === 'string') {
    result.note(
      limits === 'other network' && `The limits of EN 50160 for ${NAME[quantity]} are of networks with other nominal values.`,
    )
    return true
  }
  const good = means.filter((mean) => judgeQuality(mean, limits) === 'good').length
  add(`share of time within the limits for ${NAME[quantity]}`, (good / means.length) * 100, 'percent')
  result.note(
    keepsLimits(means, limits) === true
      ? `The ${NAME[quantity]}${where} kept the limits of EN 50160.`
      : `The ${NAME[quantity]}${where} did not keep the limits of EN 50160.`,
  )
  return true
}
