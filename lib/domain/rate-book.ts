import type { Tariff, TariffRate } from '@/lib/contracts/tariffs'
import { localDateStartSeconds, type LocalCalendar, type LocalMoment } from './local-calendar'

const DAY_SECONDS = 86_400
/** A stored value holds until the next one, but not longer: what comes after a gap in a list is unknown. */
const LONGEST_VALUE_SECONDS = 3600

export type TierBlocks = Extract<TariffRate, { kind: 'tiered' }>['blocks']

/** Values over time, ascending by start. */
export interface TimedValues {
  /** Unix seconds. */
  startsAtSeconds: readonly number[]
  values: readonly number[]
}

/** What one kWh is worth during a stretch of time in which that does not change. */
export interface Rate {
  /** Currency per kWh drawn; null where it is not known, and where `tiers` decide. */
  importPrice: number | null
  /** Currency per kWh fed in; null where it is not known. */
  exportPrice: number | null
  tiers: TierBlocks | null
  /** From when the kWh of the blocks count, Unix seconds; 0 without tiers. */
  tiersFromSeconds: number
  standingChargePerDay: number
  /** Grams of CO2 equivalent per kWh drawn; null where it is not known. */
  carbonGrams: number | null
}

export interface RateBookEntries {
  timeZone: string
  currency: string
  /** In any order. */
  tariffs: readonly Tariff[]
  /** Holds before the first tariff, for energy drawn and fed in alike. */
  pricePerKwhBefore: number
  hourlyPrices: TimedValues
  hourlyCarbon: TimedValues
  carbonFactors: readonly { validFrom: string; gramsPerKwh: number }[]
}

/** What energy costs and emits at any time; prices that no longer hold keep holding for the time in which they did. */
export class RateBook {
  private readonly tariffs: (Tariff & { fromSeconds: number })[]
  private readonly carbon: { fromSeconds: number; gramsPerKwh: number }[]
  private readonly priceAt: (seconds: number) => number | null
  private readonly hourlyCarbonAt: (seconds: number) => number | null

  constructor(
    private readonly entries: RateBookEntries,
    private readonly calendar: LocalCalendar,
  ) {
    const starting = <Entry extends { validFrom: string }>(list: readonly Entry[]) =>
      list
        .map((entry) => ({ ...entry, fromSeconds: localDateStartSeconds(entry.validFrom, entries.timeZone) }))
        .sort((a, b) => a.fromSeconds - b.fromSeconds)
    this.tariffs = starting(entries.tariffs)
    this.carbon = starting(entries.carbonFactors)
    this.priceAt = lookUp(entries.hourlyPrices)
    this.hourlyCarbonAt = lookUp(entries.hourlyCarbon)
  }

  /** The tariff that holds at a moment; null before the first. */
  tariffAt(seconds: number): Tariff | null {
    return newestBefore(this.tariffs, seconds)
  }

  /** The coarsest clock on which nothing but the blocks of a tariff changes in between. */
  get changesBy(): 'quarter' | 'hour' | 'day' {
    const steps = [
      ...this.tariffs.map(({ rate }) => this.stepOf(rate)),
      stepOfValues(this.entries.hourlyCarbon),
    ]
    return steps.includes('quarter') ? 'quarter' : steps.includes('hour') ? 'hour' : 'day'
  }

  private stepOf(rate: TariffRate): 'quarter' | 'hour' | 'day' {
    switch (rate.kind) {
      case 'flat':
      case 'seasonal':
        return 'day'
      case 'tiered':
        return 'hour'
      case 'time_of_use':
        return rate.windows.every(({ from, to }) => from.endsWith(':00') && to.endsWith(':00')) ? 'hour' : 'quarter'
      case 'dynamic':
        return stepOfValues(this.entries.hourlyPrices)
    }
  }

  /** What holds during the quarter of an hour that begins here, Unix seconds. */
  rateAt(quarterSeconds: number): Rate {
    const carbonGrams = this.hourlyCarbonAt(quarterSeconds) ?? newestBefore(this.carbon, quarterSeconds)?.gramsPerKwh ?? null
    const tariff = newestBefore(this.tariffs, quarterSeconds)
    if (!tariff) {
      const plain = this.entries.pricePerKwhBefore
      return { ...NO_TIERS, importPrice: plain, exportPrice: plain, standingChargePerDay: 0, carbonGrams }
    }
    if (tariff.currency !== this.entries.currency) {
      return { ...NO_TIERS, importPrice: null, exportPrice: null, standingChargePerDay: 0, carbonGrams }
    }
    const common = { exportPrice: tariff.exportCreditPerKwh, standingChargePerDay: tariff.standingChargePerDay, carbonGrams }
    if (tariff.rate.kind === 'tiered') {
      const tiersFromSeconds = Math.max(tariff.fromSeconds, this.monthStart(quarterSeconds))
      return { ...common, importPrice: null, tiers: tariff.rate.blocks, tiersFromSeconds }
    }
    return { ...common, ...NO_TIERS, importPrice: this.importPrice(tariff.rate, quarterSeconds) }
  }

  private importPrice(rate: Exclude<TariffRate, { kind: 'tiered' }>, quarterSeconds: number): number | null {
    switch (rate.kind) {
      case 'flat':
        return rate.pricePerKwh
      case 'time_of_use': {
        const moment = this.calendar.moment(quarterSeconds)
        return rate.windows.find((window) => applies(window, moment))?.pricePerKwh ?? rate.defaultPricePerKwh
      }
      case 'seasonal': {
        const { dayNumber } = this.calendar.moment(quarterSeconds)
        const monthDay = new Date(dayNumber * DAY_SECONDS * 1000).toISOString().slice(5, 10)
        const season = rate.seasons.find(({ from, to }) =>
          from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to)
        return season?.pricePerKwh ?? rate.defaultPricePerKwh
      }
      case 'dynamic': {
        const price = this.priceAt(quarterSeconds)
        return price === null ? rate.fallbackPricePerKwh : price * rate.multiplier + rate.surchargePerKwh
      }
    }
  }

  private monthStart(seconds: number): number {
    const month = this.calendar.monthNumber(seconds)
    const text = `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`
    let start = this.monthStarts.get(text)
    if (start === undefined) this.monthStarts.set(text, (start = localDateStartSeconds(text, this.entries.timeZone)))
    return start
  }

  private readonly monthStarts = new Map<string, number>()
}

/** What `energyKwh` cost in a month that stood at `beforeKwh` when they were drawn. Blocks rise, the last one has no end. */
export function tieredCost(blocks: TierBlocks, beforeKwh: number, energyKwh: number): number {
  let cost = 0
  let blockStart = 0
  for (const { upToKwh, pricePerKwh } of blocks) {
    const blockEnd = upToKwh ?? Infinity
    const inBlock = Math.min(beforeKwh + energyKwh, blockEnd) - Math.max(beforeKwh, blockStart)
    if (inBlock > 0) cost += inBlock * pricePerKwh
    blockStart = blockEnd
  }
  return cost
}

export function isSameRate(a: Rate, b: Rate): boolean {
  return (
    a.importPrice === b.importPrice && a.exportPrice === b.exportPrice && a.tiers === b.tiers &&
    a.tiersFromSeconds === b.tiersFromSeconds && a.standingChargePerDay === b.standingChargePerDay &&
    a.carbonGrams === b.carbonGrams
  )
}

const NO_TIERS = { tiers: null, tiersFromSeconds: 0 } as const

function newestBefore<Entry extends { fromSeconds: number }>(entries: readonly Entry[], seconds: number): Entry | null {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index]
    if (entry && entry.fromSeconds <= seconds) return entry
  }
  return null
}

/** Asks for values at rising times cost next to nothing. */
function lookUp({ startsAtSeconds, values }: TimedValues): (seconds: number) => number | null {
  let index = 0
  return (seconds) => {
    while (index > 0 && (startsAtSeconds[index] ?? 0) > seconds) index--
    while ((startsAtSeconds[index + 1] ?? Infinity) <= seconds) index++
    const start = startsAtSeconds[index]
    if (start === undefined || start > seconds || seconds >= start + LONGEST_VALUE_SECONDS) return null
    return values[index] ?? null
  }
}

function stepOfValues({ startsAtSeconds }: TimedValues): 'quarter' | 'hour' | 'day' {
  if (startsAtSeconds.length === 0) return 'day'
  return startsAtSeconds.every((start) => start % 3600 === 0) ? 'hour' : 'quarter'
}

type Window = Extract<TariffRate, { kind: 'time_of_use' }>['windows'][number]

function applies({ weekdays, months, from, to }: Window, { dayNumber, weekday, month, clockSeconds }: LocalMoment): boolean {
  const fromSeconds = secondsOfClock(from)
  const toSeconds = secondsOfClock(to)
  const holds = (onWeekday: number, inMonth: number) => weekdays.includes(onWeekday) && (!months || months.includes(inMonth))
  if (fromSeconds < toSeconds) return clockSeconds >= fromSeconds && clockSeconds < toSeconds && holds(weekday, month)
  if (clockSeconds >= fromSeconds) return holds(weekday, month)
  if (clockSeconds >= toSeconds) return false
  const yesterday = new Date((dayNumber - 1) * DAY_SECONDS * 1000)
  return holds(((weekday + 5) % 7) + 1, yesterday.getUTCMonth() + 1)
}

function secondsOfClock(text: string): number {
  return Number(text.slice(0, 2)) * 3600 + Number(text.slice(3, 5)) * 60
}
