import type { Appliance } from '@/lib/contracts/appliances'
import { type DayBattery, type DayPlan, type DayProblem, meterKwh, type MovableRun } from '@/lib/domain/day-plan'
import { QUARTER_SECONDS, type LocalCalendar } from '@/lib/domain/local-calendar'
import { inOrder, type BuiltDay, type SeenRun } from './build-day'
import type { ModelSolver } from './highs-solver'
import { candidateSlots, type RunWindow } from './run-windows'
import { solveDay } from './solve-day'
import { medianRun, STARTED_APPLIANCES, usualFlexibleKwh, usualRuns, type UsualRun } from './usual-runs'

/** A run leaves an earlier plan only for a time that saves more than this share of its energy is worth. */
const STAY_SHARE = 0.1
const ROUNDING_KWH = 1e-6

/** A cycle that has begun and not ended. */
export interface RunningCycle {
  place: number
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
}

export interface AheadInputs {
  /** The first quarter of an hour that can still be planned, Unix seconds. */
  fromSeconds: number
  /** What the meter is forecast to draw less what it feeds in, by quarter of an hour from there, kWh. */
  forecastKwh: readonly number[]
  /** As long; currency per kWh. */
  importPrices: readonly number[]
  exportPrices: readonly number[]
  /** Past days, oldest first. */
  days: readonly BuiltDay[]
  /** What began since the last local midnight, ended or not. */
  today: readonly RunningCycle[]
  running: readonly RunningCycle[]
  windows: ReadonlyMap<Appliance, RunWindow>
  calendar: LocalCalendar
  battery: DayBattery | null
  peak: DayProblem['peak']
  /** When an earlier plan let each run begin, Unix seconds, by id. */
  plannedStarts: ReadonlyMap<string, number>
}

export interface AheadRun {
  /** Unix seconds: when such runs usually begin, or this one began. */
  usualStart: number
  run: SeenRun
  usual: UsualRun | null
}

export interface AheadPlan {
  problem: DayProblem
  /** What is known of the runs of the problem, by id. */
  runs: ReadonlyMap<string, AheadRun>
  plan: DayPlan
  isProven: boolean
}

/**
 * The coming hours: what is forecast without its usual runs, the usual runs of these weekdays where they cost least, and the battery.
 * A cycle that runs stays as it is. What usually would have begun by now and has not is still expected until the latest time at which
 * it was seen to begin, or at which an earlier plan put it.
 */
export async function planAhead(inputs: AheadInputs, solver: ModelSolver): Promise<AheadPlan> {
  const { fromSeconds, importPrices, exportPrices, battery, peak } = inputs
  const running = inputs.running.flatMap((cycle) => restOf(cycle, inputs))
  const expected = expectedRuns(inputs).map((given) => ({ ...given, movable: toMovable(given, inputs) }))
  const runs = clipToNow(inOrder(expected.map(({ run, movable }) => ({ run, movable }))), running)
    .filter(({ startSlot, slotKwh }) => startSlot + slotKwh.length <= importPrices.length)
  const known = new Map<string, AheadRun>(running.map(({ run, movable }) => [movable.id, { run, usual: null, usualStart: run.startedAt }]))
  for (const { run, usual } of expected) known.set(run.id, { run, usual, usualStart: run.startedAt })
  const all = [...running.map(({ movable }) => movable), ...runs]
  const ids = new Set(all.map(({ id }) => id))
  const kept = all.map((run) => ({ ...run, after: run.after.filter(({ id }) => ids.has(id)) }))
  const problem: DayProblem = { startSeconds: fromSeconds, importPrices, exportPrices, baseKwh: baseKwh(inputs), runs: kept, battery, peak }
  return { problem, runs: known, ...(await solveDay(problem, solver)) }
}

/**
 * The same below a level that counts beside the one in `inputs`: a plan that is above it is made anew with it alone. What lies between
 * the two then costs nothing, so that the plan is at least possible.
 */
export async function planAheadWithin(inputs: AheadInputs, limit: DayProblem['peak'], solver: ModelSolver): Promise<AheadPlan> {
  const found = await planAhead(inputs, solver)
  if (!limit || Math.max(...meterKwh(found.problem, found.plan)) <= limit.aboveKwh + ROUNDING_KWH) return found
  return planAhead({ ...inputs, peak: limit }, solver)
}

function baseKwh({ fromSeconds, forecastKwh, days, calendar }: AheadInputs): number[] {
  const feedsIn = days.some((day) => day.feedsIn)
  const byWeekday = new Map<number, number[]>()
  return forecastKwh.map((kwh, slot) => {
    const { weekday, clockSeconds } = calendar.moment(fromSeconds + slot * QUARTER_SECONDS)
    const flexible = byWeekday.get(weekday) ?? usualFlexibleKwh(days, weekday, calendar)
    byWeekday.set(weekday, flexible)
    const rest = kwh - (flexible[Math.floor(clockSeconds / QUARTER_SECONDS)] ?? 0)
    // A forecast that is less than the usual runs must not look like sunshine.
    return feedsIn ? rest : Math.max(0, rest)
  })
}

/** The usual runs of the local days that the plan touches, less those that have begun. */
function expectedRuns({ fromSeconds, importPrices, days, today, calendar, plannedStarts }: AheadInputs): { run: SeenRun; usual: UsualRun }[] {
  const toSeconds = fromSeconds + importPrices.length * QUARTER_SECONDS
  const found: { run: SeenRun; usual: UsualRun }[] = []
  for (let at = fromSeconds; at < toSeconds; at = calendar.dayAround(at).endSeconds) {
    const { startSeconds } = calendar.dayAround(at)
    const usual = usualRuns(days, calendar.moment(startSeconds).weekday, calendar)
    const begun = at === fromSeconds ? today : []
    const atClock = (clockSeconds: number) => calendar.atClock(startSeconds, clockSeconds)
    for (const one of withoutBegun(usual, begun, atClock)) {
      const run = onDay(one, startSeconds, atClock(one.startClockSeconds))
      const latest = Math.max(atClock(one.latestClockSeconds), plannedStarts.get(run.id) ?? 0)
      if (latest >= fromSeconds && run.startedAt < toSeconds) found.push({ run, usual: one })
    }
  }
  return found.toSorted((a, b) => a.run.startedAt - b.run.startedAt)
}

/** Each run that has begun is the usual one that lies nearest. */
function withoutBegun(usual: readonly UsualRun[], begun: readonly RunningCycle[], atClock: (clockSeconds: number) => number): UsualRun[] {
  const left = [...usual]
  for (const { place, appliance, startedAt } of begun) {
    const distance = ({ startClockSeconds }: UsualRun) => Math.abs(atClock(startClockSeconds) - startedAt)
    const nearest = left
      .filter(({ like }) => like.place === place && like.appliance === appliance)
      .toSorted((a, b) => distance(a) - distance(b))[0]
    if (nearest) left.splice(left.indexOf(nearest), 1)
  }
  return left
}

/** The run that a usual one is like, moved by whole quarters of an hour to its usual time of a day, Unix seconds. */
function onDay({ like, ordinal }: UsualRun, dayStart: number, usualSeconds: number): SeenRun {
  const shift = Math.round((usualSeconds - like.startedAt) / QUARTER_SECONDS) * QUARTER_SECONDS
  return {
    ...like,
    id: `${like.place}:${like.appliance}:${dayStart}:${ordinal}`,
    startedAt: like.startedAt + shift,
    endedAt: like.endedAt + shift,
    quarterStartSeconds: like.quarterStartSeconds.map((at) => at + shift),
  }
}

function toMovable({ run }: { run: SeenRun }, { fromSeconds, importPrices, windows, calendar, plannedStarts }: AheadInputs): MovableRun {
  const slotAt = (seconds: number) => Math.floor((seconds - fromSeconds) / QUARTER_SECONDS)
  const startSlot = slotAt(run.startedAt)
  const slotKwh = shapeOf(run)
  const window = windows.get(run.appliance)
  const appliance = STARTED_APPLIANCES.find((started) => started === run.appliance)
  const slots = importPrices.length
  // Asked for from midnight on, so that a run whose usual time is past is still known to have its day.
  const offset = slotAt(calendar.dayAround(run.startedAt).startSeconds)
  const found = window && appliance
    ? candidateSlots(appliance, run, { startSlot: startSlot - offset, length: slotKwh.length, slots: slots - offset }, window, calendar)
    : []
  const planned = plannedStarts.get(run.id)
  return {
    id: run.id,
    startSlot,
    slotKwh,
    candidateSlots: found.map((slot) => slot + offset).filter((slot) => slot >= 0),
    previousSlot: planned !== undefined && planned >= fromSeconds ? slotAt(planned) : null,
    stayKwh: STAY_SHARE * slotKwh.reduce((sum, kwh) => sum + kwh, 0),
    after: [],
  }
}

/**
 * Runs whose usual time is past could begin now at the earliest, after what they follow and after a cycle of theirs that runs. Usual
 * times come from several days: runs of one appliance that would overlap there cannot on one day.
 */
function clipToNow(runs: readonly MovableRun[], running: readonly { run: SeenRun; movable: MovableRun }[]): MovableRun[] {
  const startSlots = new Map(running.map(({ movable }) => [movable.id, 0]))
  return runs.map((run) => {
    const kind = `${run.id.split(':').slice(0, 2).join(':')}:`
    const before = running.filter(({ movable }) => movable.id.startsWith(kind))
    const lengthOf = (id: string) => (id.startsWith(kind) && runs.find((other) => other.id === id)?.slotKwh.length) || 0
    const own = run.after.map(({ id, leastSlots }) => ({ id, leastSlots: Math.max(leastSlots, lengthOf(id)) }))
    const after = [...own, ...before.map(({ movable }) => ({ id: movable.id, leastSlots: movable.slotKwh.length }))]
    const startSlot = Math.max(0, run.startSlot, ...after.map(({ id, leastSlots }) => (startSlots.get(id) ?? -Infinity) + leastSlots))
    startSlots.set(run.id, startSlot)
    const slots = new Set([...run.candidateSlots, startSlot])
    return { ...run, after, startSlot, candidateSlots: [...slots].toSorted((a, b) => a - b) }
  })
}

/** What is left of a cycle that runs, as the median run of its appliance went on; where it has lasted longer, a quarter of an hour. */
function restOf({ place, appliance, startedAt }: RunningCycle, { days, fromSeconds, importPrices }: AheadInputs) {
  const like = medianRun(days, place, appliance)
  if (!like) return []
  const begun = Math.max(0, Math.round((fromSeconds - startedAt) / QUARTER_SECONDS))
  const left = shapeOf(like).slice(begun, begun + importPrices.length)
  const slotKwh = left.length > 0 ? left : [0]
  const id = `${place}:${appliance}:${Math.round(startedAt)}`
  const run = { ...like, id, startedAt, endedAt: Math.max(startedAt + like.endedAt - like.startedAt, fromSeconds + QUARTER_SECONDS) }
  const movable: MovableRun = { id, startSlot: 0, slotKwh, candidateSlots: [0], previousSlot: null, after: [] }
  return [{ run, movable }]
}

/** By quarter of an hour on the clock from the one it began in, kWh. */
function shapeOf({ startedAt, endedAt, quarterStartSeconds, quarterWh }: SeenRun): number[] {
  const first = Math.floor(startedAt / QUARTER_SECONDS)
  const slotKwh = new Array<number>(Math.max(1, Math.ceil(endedAt / QUARTER_SECONDS) - first)).fill(0)
  for (const [index, at] of quarterStartSeconds.entries()) {
    const offset = Math.round(at / QUARTER_SECONDS) - first
    if (offset >= 0 && offset < slotKwh.length) slotKwh[offset] = (quarterWh[index] ?? 0) / 1000
  }
  return slotKwh
}
