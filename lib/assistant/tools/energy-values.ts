import { APPLIANCES } from '@/lib/contracts/appliances'
import type { ENERGY_MEASURES, Figure, Subject } from '@/lib/contracts/assistant'
import type { EnergySumAnswer } from '@/lib/contracts/energy'
import { EXPORT_KEY, OTHER_KEY } from '@/lib/domain/energy-account'
import { subjectWords } from '../names'

export type Measure = (typeof ENERGY_MEASURES)[number]

export const MEASURE_UNIT: Record<Measure, Figure['unit']> = { energy: 'kWh', cost: 'currency', co2: 'kg' }

/** Energy fed in below this is the meter's noise. */
const LEAST_EXPORT_KWH = 0.001

export const feedsIn = (sum: EnergySumAnswer) => (sum.exportedKwh ?? 0) >= LEAST_EXPORT_KWH

/**
 * A subject's share of a sum in kWh, money (without the standing charge) or kg; null where it is not known. The total is what was
 * drawn, its cost that of the energy, after the credit for what was fed in.
 */
export function valueOf(sum: EnergySumAnswer, subject: Subject, measure: Measure): number | null {
  if (sum.energyKwh === null) return null
  if (subject === 'total') {
    return measure === 'energy' ? sum.importedKwh : measure === 'cost' ? sum.energyCost : sum.co2Kg
  }
  const item = sum.items.find(({ key }) => key === (subject === 'other' ? OTHER_KEY : subject))
  if (item) return itemValue(item, measure)
  // What drew nothing cost nothing, where anything has a price at all.
  const known = measure === 'energy' || (measure === 'cost' ? sum.energyCost : sum.co2Kg) !== null
  return known ? 0 : null
}

export function itemValue(item: EnergySumAnswer['items'][number], measure: Measure): number | null {
  return measure === 'energy' ? item.energyKwh : measure === 'cost' ? item.cost : item.co2Kg
}

/** "energy of the dryer", "energy cost of the whole building, without the standing charge". */
export function valueLabel(subject: Subject, measure: Measure, isFedIn = false): string {
  const whose = subjectWords(subject)
  if (measure === 'co2') return `CO2 of ${whose}`
  if (measure === 'energy')
    return subject === 'total' && isFedIn ? `energy drawn from the grid by ${whose}` : `energy of ${whose}`
  const credit = subject === 'total' && isFedIn ? ' after the credit for what was fed in,' : ''
  return subject === 'total' ? `energy cost of ${whose},${credit} without the standing charge` : `energy cost of ${whose}`
}

/** What costs and CO2 leave out. */
export function moneyNote(sum: EnergySumAnswer, measure: Measure): string | null {
  if (sum.energyKwh === null) return null
  if (measure === 'cost') {
    if (sum.energyCost === null) return 'The price of this time is not known, so there is no cost.'
    if (sum.pricedShare < 0.995) return 'The price of a part of this energy is not known; its cost is left out.'
  }
  if (measure === 'co2') {
    if (sum.co2Kg === null) return 'No CO2 factor is entered for this time, so there is no figure for CO2.'
    if (sum.carbonShare < 0.995) return 'For a part of this energy no CO2 factor is entered; it is left out.'
  }
  return null
}

/** The appliances of a sum, the largest first; without what no appliance explains and what was fed in. */
export function rankedAppliances(sum: EnergySumAnswer, measure: Measure) {
  return sum.items
    .flatMap((item) => {
      const appliance = APPLIANCES.find((known) => known === item.key)
      const value = itemValue(item, measure)
      return appliance && value !== null ? [{ appliance, value, energyKwh: item.energyKwh }] : []
    })
    .sort((a, b) => b.value - a.value)
}

export const isExport = (key: string) => key === EXPORT_KEY
