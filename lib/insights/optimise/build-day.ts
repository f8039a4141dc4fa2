import type { Appliance } from '@/lib/contracts/appliances'
import type { DayProblem, MovableRun } from '@/lib/domain/day-plan'
import { QUARTER_SECONDS, type LocalCalendar } from '@/lib/domain/local-calendar'
import { tieredCost, type RateBook } from '@/lib/domain/rate-book'
import { candidateSlots, FLEXIBLE_APPLIANCES, type RunWindow } from './run-windows'

type FlexibleAppliance = (typeof FLEXIBLE_APPLIANCES)[number]

/** A complete run with what it drew in quarters of an hour on the clock. */
export interface SeenRun {
  id: string
  /** Which meter it is behind. */
  place: number
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  endedAt: number
  confidence: number
  quarterStartSeconds: readonly number[]
  quarterWh: readonly number[]
}

export interface MeasuredQuarter {
  importedWh: number
  exportedWh: number
  coveredSeconds: number
}

export interface DayInputs {
  /** The local day, Unix seconds, half open. */
  startSeconds: number
  endSeconds: number
  /** By Unix seconds of the quarter's start. */
  quarters: ReadonlyMap<number, MeasuredQuarter>
  /** Those that began in the day, oldest first. */
  runs: readonly SeenRun[]
  /** Those that began the day before and end in this one. */
  overnight: readonly SeenRun[]
  windows: ReadonlyMap<Appliance, RunWindow>
  rates: RateBook
  calendar: LocalCalendar
  /** kWh that the blocks of a tiered tariff counted when the day began. */
  tierKwhBefore: number
  /** Quarter in which an earlier plan let each run begin, by id. */
  plannedSlots: ReadonlyMap<string, number>
  /** How many meters the quarters are sums of. */
  meters: number
}

export interface BuiltDay {
  problem: DayProblem
  /** The runs of the problem, by id. */
  runs: ReadonlyMap<string, SeenRun>
  coverage: number
  /** Whether anything was fed in. */
  feedsIn: boolean
  /** Whether the price of the day is that of the block in which its month stood. */
  isTiered: boolean
}

/** With less of a day measured, its cost would be of something else. */
const LEAST_COVERAGE = 0.9
/** What runs draw less than is no run worth moving. */
const LEAST_RUN_KWH = 0.05
const FOLLOWS_WITHIN_SECONDS = 3 * 3600

/**
 * A past day as the optimiser sees it. Runs in progress do not appear: they are part of what the meter counted, and stay.
 * @returns 'not measured' or 'not priced' where the day cannot be counted
 */
export function buildDay(inputs: DayInputs): BuiltDay | 'not measured' | 'not priced' {
  const { startSeconds, endSeconds, quarters, rates, meters } = inputs
  const slots = Math.round((endSeconds - startSeconds) / QUARTER_SECONDS)
  const at = Array.from({ length: slots }, (_, slot) => startSeconds + slot * QUARTER_SECONDS)
  const covered = at.reduce((sum, seconds) => sum + (quarters.get(seconds)?.coveredSeconds ?? 0), 0)
  const coverage = Math.min(1, covered / (slots * QUARTER_SECONDS * Math.max(1, meters)))
  if (coverage < LEAST_COVERAGE) return 'not measured'

  const importPrices: number[] = []
  const exportPrices: number[] = []
  let isTiered = false
  for (const seconds of at) {
    const rate = rates.rateAt(seconds)
    const importPrice = rate.tiers ? blockPrice(rate.tiers, inputs.tierKwhBefore) : rate.importPrice
    if (importPrice === null || rate.exportPrice === null) return 'not priced'
    isTiered ||= rate.tiers !== null
    importPrices.push(importPrice)
    exportPrices.push(rate.exportPrice)
  }

  const seen = inputs.runs.flatMap((run) => {
    const movable = toMovable(run, inputs, slots)
    return movable ? [{ run, movable }] : []
  })
  const baseKwh = at.map((seconds) => {
    const quarter = quarters.get(seconds)
    return quarter ? (quarter.importedWh - quarter.exportedWh) / 1000 : 0
  })
  for (const { movable } of seen) {
    for (const [offset, kwh] of movable.slotKwh.entries()) {
      const slot = movable.startSlot + offset
      if (slot < slots) baseKwh[slot] = (baseKwh[slot] ?? 0) - kwh
    }
  }
  const feedsIn = at.some((seconds) => (quarters.get(seconds)?.exportedWh ?? 0) > 0)
  // An estimate that is a trifle above the meter must not look like sunshine.
  if (!feedsIn) for (const [slot, kwh] of baseKwh.entries()) baseKwh[slot] = Math.max(0, kwh)
  const problem = { startSeconds, importPrices, exportPrices, baseKwh, runs: inOrder(seen), battery: null, peak: null }
  return { problem, runs: new Map(seen.map(({ run }) => [run.id, run])), coverage, feedsIn, isTiered }
}

function toMovable(run: SeenRun, { startSeconds, windows, calendar, plannedSlots, overnight }: DayInputs, slots: number): MovableRun | null {
  const appliance = FLEXIBLE_APPLIANCES.find((known): known is FlexibleAppliance => known === run.appliance)
  const window = windows.get(run.appliance)
  const energyKwh = run.quarterWh.reduce((sum, wh) => sum + wh, 0) / 1000
  if (!appliance || !window || energyKwh < LEAST_RUN_KWH) return null
  const startSlot = Math.floor((run.startedAt - startSeconds) / QUARTER_SECONDS)
  const endSlot = Math.ceil((run.endedAt - startSeconds) / QUARTER_SECONDS)
  const slotKwh = new Array<number>(Math.max(1, endSlot - startSlot)).fill(0)
  for (const [index, quarter] of run.quarterStartSeconds.entries()) {
    const offset = Math.round((quarter - startSeconds) / QUARTER_SECONDS) - startSlot
    if (offset >= 0 && offset < slotKwh.length) slotKwh[offset] = (run.quarterWh[index] ?? 0) / 1000
  }
  const slotsOf = candidateSlots(appliance, run, { startSlot, length: slotKwh.length, slots }, window, calendar)
  const freeFrom = Math.max(0, ...overnight.filter(({ place, appliance: kind }) => place === run.place && kind === run.appliance)
    .map(({ endedAt }) => Math.ceil((endedAt - startSeconds) / QUARTER_SECONDS)))
  const free = slotsOf.filter((slot) => slot >= freeFrom || slot === startSlot)
  return { id: run.id, startSlot, slotKwh, candidateSlots: free, previousSlot: plannedSlots.get(run.id) ?? null, after: [] }
}

/** Runs of one appliance keep their order and do not overlap; a dryer's stays after the wash it followed. */
export function inOrder(seen: readonly { run: SeenRun; movable: MovableRun }[]): MovableRun[] {
  return seen.map(({ run, movable }, index) => {
    const before = seen.slice(0, index).filter(({ run: other }) => other.place === run.place)
    const same = before.findLast(({ run: other }) => other.appliance === run.appliance)
    const wash = run.appliance === 'Dryer' ? before.findLast(({ run: other }) => isFollowed(other, run)) : undefined
    const after = [same, wash].flatMap((first) => {
      if (!first) return []
      const between = movable.startSlot - first.movable.startSlot
      return [{ id: first.run.id, leastSlots: Math.min(first.movable.slotKwh.length, between) }]
    })
    return { ...movable, after }
  })
}

function isFollowed(wash: SeenRun, dryer: SeenRun): boolean {
  const gap = dryer.startedAt - wash.endedAt
  return wash.appliance === 'WashingMachine' && gap >= 0 && gap <= FOLLOWS_WITHIN_SECONDS
}

/** What the next kWh costs after so many of a month. */
export function blockPrice(blocks: Parameters<typeof tieredCost>[0], beforeKwh: number): number {
  const littleKwh = 1e-6
  return tieredCost(blocks, beforeKwh, littleKwh) / littleKwh
}
