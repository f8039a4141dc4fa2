import type { Appliance } from '@/lib/contracts/appliances'
import type { EnergyPlan, PlannedBucket } from './energy-plan'
import { tieredCost } from './rate-book'

/** Sums of one site per segment of a plan, as wide as the plan has segments. */
export interface SegmentSums {
  /** Drawn and fed in, both 0 or more, apart minute by minute. */
  importedWh: Float64Array
  exportedWh: Float64Array
  /** Seconds measured, of all buildings together. */
  coveredSeconds: Float64Array
  /** What each building's appliances drew. */
  appliances: { buildingKey: number; appliance: Appliance; energyWh: Float64Array }[]
  /** Buildings that have ever been measured. */
  measuredBuildings: number
}

/** A share of the meter. `other`: what no appliance explains; `export`: what was fed in, negative. */
export interface EnergyItem {
  key: string
  energyKwh: number
  /** Of this share, without the standing charge; null where its price is not known. */
  cost: number | null
  /** null where no factor is known. */
  co2Kg: number | null
}

export interface EnergySum {
  /** Drawn minus fed in: the sum of the items. null where nothing was measured, as the other energies and amounts. */
  energyKwh: number | null
  importedKwh: number | null
  exportedKwh: number | null
  /** Sum of the items' costs, so after the credit for what was fed in. */
  energyCost: number | null
  standingCharge: number
  /** Energy and standing charge. */
  cost: number | null
  co2Kg: number | null
  /** Share of the elapsed time that was measured, 0..1. */
  coverage: number
  /** Share of the energy drawn and fed in whose price is known, 0..1; costs leave out the rest. */
  pricedShare: number
  /** Share of the energy drawn whose CO2 factor is known, 0..1. */
  carbonShare: number
  /** Those that have energy. */
  items: EnergyItem[]
}

export interface AccountedBucket extends EnergySum {
  startSeconds: number
  endSeconds: number
}

export interface EnergyAccount {
  total: EnergySum
  buckets: AccountedBucket[]
}

/** Which item an appliance's energy belongs to: the appliance itself, or its room. */
export type ItemOf = (buildingKey: number, appliance: Appliance) => string

export const byAppliance: ItemOf = (_, appliance) => appliance
export const OTHER_KEY = 'other'
export const EXPORT_KEY = 'export'

/**
 * Energy, money and CO2 of each bucket and of all. Within a segment every kWh drawn costs the same, so an appliance's cost is the
 * segment's cost shared by energy; under a tiered tariff, where the hour's cost runs through the blocks of the whole site, that
 * makes it the share of energy in the hour. "Other" is what the appliances leave of the energy drawn, and the credit for energy
 * fed in is an item of its own, so that items add up to the meter in kWh and to the energy cost in money. CO2 is counted for
 * energy drawn only: what was fed in is not set off.
 */
export function accountEnergy(plan: EnergyPlan, sums: SegmentSums, itemOf: ItemOf): EnergyAccount {
  const perBucket = plan.buckets.map(() => new Tally())
  const total = new Tally()
  let tierKwh = 0
  let tiersFromSeconds = -1
  for (const [index, { bucket, rate }] of plan.segments.entries()) {
    const importedKwh = (sums.importedWh[index] ?? 0) / 1000
    let price = rate.importPrice
    if (rate.tiers) {
      if (rate.tiersFromSeconds !== tiersFromSeconds) tierKwh = 0
      tiersFromSeconds = rate.tiersFromSeconds
      price = importedKwh > 0 ? tieredCost(rate.tiers, tierKwh, importedKwh) / importedKwh : 0
      tierKwh += importedKwh
    }
    const tally = perBucket[bucket]
    if (!tally) continue
    const exportedKwh = (sums.exportedWh[index] ?? 0) / 1000
    const worth = { price, carbonGrams: rate.carbonGrams }
    for (const target of [tally, total]) {
      target.coveredSeconds += sums.coveredSeconds[index] ?? 0
      target.addImport(importedKwh, worth)
      if (exportedKwh > 0) target.addExport(exportedKwh, rate.exportPrice)
    }
    let applianceKwh = 0
    for (const { buildingKey, appliance, energyWh } of sums.appliances) {
      const energyKwh = (energyWh[index] ?? 0) / 1000
      if (energyKwh === 0) continue
      applianceKwh += energyKwh
      tally.addItem(itemOf(buildingKey, appliance), energyKwh, worth)
      total.addItem(itemOf(buildingKey, appliance), energyKwh, worth)
    }
    tally.addItem(OTHER_KEY, importedKwh - applianceKwh, worth)
    total.addItem(OTHER_KEY, importedKwh - applianceKwh, worth)
  }
  const whole: PlannedBucket = {
    startSeconds: plan.buckets[0]?.startSeconds ?? plan.endSeconds,
    endSeconds: plan.endSeconds,
    elapsedSeconds: plan.buckets.reduce((sum, { elapsedSeconds }) => sum + elapsedSeconds, 0),
    standingCharge: plan.buckets.reduce((sum, { standingCharge }) => sum + standingCharge, 0),
  }
  return {
    total: total.close(whole, sums.measuredBuildings),
    buckets: plan.buckets.map((bucket, index) => ({
      startSeconds: bucket.startSeconds,
      endSeconds: bucket.endSeconds,
      ...(perBucket[index] ?? new Tally()).close(bucket, sums.measuredBuildings),
    })),
  }
}

interface Worth {
  price: number | null
  carbonGrams: number | null
}

interface ItemTally {
  energyKwh: number
  cost: number
  pricedKwh: number
  co2Kg: number
  carbonKwh: number
}

class Tally {
  coveredSeconds = 0
  private importedKwh = 0
  private exportedKwh = 0
  private unpricedKwh = 0
  private withoutFactorKwh = 0
  private readonly items = new Map<string, ItemTally>()

  addImport(energyKwh: number, { price, carbonGrams }: Worth): void {
    this.importedKwh += energyKwh
    if (price === null) this.unpricedKwh += energyKwh
    if (carbonGrams === null) this.withoutFactorKwh += energyKwh
  }

  addExport(energyKwh: number, price: number | null): void {
    this.exportedKwh += energyKwh
    if (price === null) this.unpricedKwh += energyKwh
    this.addItem(EXPORT_KEY, -energyKwh, { price, carbonGrams: 0 })
  }

  addItem(key: string, energyKwh: number, { price, carbonGrams }: Worth): void {
    let item = this.items.get(key)
    if (!item) this.items.set(key, (item = { energyKwh: 0, cost: 0, pricedKwh: 0, co2Kg: 0, carbonKwh: 0 }))
    item.energyKwh += energyKwh
    if (price !== null) {
      item.cost += energyKwh * price
      item.pricedKwh += Math.abs(energyKwh)
    }
    if (carbonGrams !== null) {
      item.co2Kg += (energyKwh * carbonGrams) / 1000
      item.carbonKwh += Math.abs(energyKwh)
    }
  }

  close(bucket: PlannedBucket, measuredBuildings: number): EnergySum {
    const { importedKwh, exportedKwh, unpricedKwh, withoutFactorKwh } = this
    const movedKwh = importedKwh + exportedKwh
    const isMeasured = this.coveredSeconds > 0
    const isPriced = isMeasured && (movedKwh === 0 || unpricedKwh < movedKwh)
    const hasCarbon = isMeasured && (importedKwh === 0 || withoutFactorKwh < importedKwh)
    const all = [...this.items.entries()]
    const energyCost = isPriced ? all.reduce((sum, [, { cost }]) => sum + cost, 0) : null
    const { standingCharge } = bucket
    return {
      energyKwh: isMeasured ? importedKwh - exportedKwh : null,
      importedKwh: isMeasured ? importedKwh : null,
      exportedKwh: isMeasured ? exportedKwh : null,
      energyCost,
      standingCharge,
      cost: energyCost === null ? null : energyCost + standingCharge,
      co2Kg: hasCarbon ? all.reduce((sum, [, { co2Kg }]) => sum + co2Kg, 0) : null,
      coverage: shareOf(this.coveredSeconds, bucket.elapsedSeconds * measuredBuildings, 0),
      pricedShare: 1 - shareOf(unpricedKwh, movedKwh, 0),
      carbonShare: 1 - shareOf(withoutFactorKwh, importedKwh, 0),
      items: all
        .filter(([, { energyKwh }]) => energyKwh !== 0)
        .map(([key, item]) => ({
          key,
          energyKwh: item.energyKwh,
          cost: item.pricedKwh > 0 ? item.cost : null,
          co2Kg: item.carbonKwh > 0 ? item.co2Kg : null,
        })),
    }
  }
}

function shareOf(part: number, whole: number, ofNothing: number): number {
  return whole > 0 ? Math.min(1, part / whole) : ofNothing
}

