import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { SiteRun } from '@/lib/contracts/home-learning'
import type { PriceBetween } from '@/lib/services/run-prices'
import { listRunsOf } from '@/lib/services/home-labels'
import { pricesPaid } from '@/lib/services/run-prices'
import { applianceWord } from '../names'
import type { ResultBuilder } from './result-builder'
import {
  isPeriodProblem,
  newResult,
  noteCoverage,
  noteNothing,
  originOf,
  reportOf,
  resolvePeriod,
  type AssistantTool,
  type ToolContext,
} from './tool-context'

/** A refrigerator's runs of a year; of more the oldest are not counted, and the answer says so. */
const MOST_RUNS = 20_000
const LISTED = 20

/** Runs of an appliance that began in a period. */
export const applianceRuns: AssistantTool<'runs'> = async (given, context) => {
  const period = resolvePeriod(given.period, context)
  if (isPeriodProblem(period)) return period
  const { appliance } = given
  const { user, site, links } = context
  const beforeSeconds = Math.min(period.to, context.nowSeconds + 60)
  const asked = { beforeSeconds, afterSeconds: period.from, limit: MOST_RUNS, appliances: [appliance], nowSeconds: context.nowSeconds }
  const [found, report] = await Promise.all([listRunsOf(user, site.id, asked), reportOf(context, period, 'month')])
  const result = newResult('runs', given, period, context)
  if (!found || report.total.energyKwh === null) return noteNothing(result, period, context).build()
  noteCoverage(result, report.total.coverage, period, context)
  result.about(APPLIANCE_LABELS[appliance])
  const begun = found.runs.filter(({ startedAt }) => startedAt >= period.from)
  const isOther = (run: SiteRun) => run.label !== null && run.label.trueAppliance !== appliance
  const runs = begun.filter((run) => !isOther(run))
  const href = links.appliance(appliance)
  const estimate = { origin: originOf(site, 'estimated'), subject: appliance, href }
  result.figure({ ...estimate, label: `runs of the ${applianceWord(appliance)}`, value: runs.length, unit: 'count' })
  result.note(begun.length > runs.length && 'Runs that somebody has marked as another appliance are left out.')
  result.note(found.hasMore && 'There are more runs than can be counted; the oldest are left out.')
  if (runs.length === 0) return (await addLastBefore(result, appliance, period.from, context)).build()
  const price = await pricesPaid(site, appliance, Math.max(0, runs.at(-1)!.startedAt - 86_400), context.nowSeconds)
  addSums(result, runs, estimate, price, context)
  addMoments(result, runs, appliance, context)
  const listed = runs.slice(0, LISTED)
  result.rows(
    [
      { name: 'Start', unit: 'time' },
      { name: 'Length', unit: 'seconds' },
      { name: 'Energy', unit: 'kWh' },
      { name: 'Energy cost', unit: 'currency' },
    ],
    listed.map((run) => [run.startedAt, lengthOf(run, context), run.energyKwh, costOf(run, price, context)]),
  )
  result.note(runs.length > LISTED && given.about === 'list' && 'Only the newest runs are listed.')
  return result.build()
}

type Estimate = Pick<Parameters<ResultBuilder['figure']>[0], 'origin' | 'subject' | 'href'>

/** Of one that has paused, what is over of it. */
const lengthOf = ({ startedAt, endedAt, pausedAt }: SiteRun, { nowSeconds }: ToolContext) => {
  return (endedAt ?? pausedAt ?? nowSeconds) - startedAt
}

function costOf(
  { startedAt, endedAt, energyKwh, cost }: SiteRun,
  price: PriceBetween,
  { nowSeconds }: ToolContext,
): number | null {
  if (cost !== null || energyKwh === null) return cost
  const paid = price(startedAt, endedAt ?? nowSeconds)
  return paid === null ? null : energyKwh * paid
}

function addSums(result: ResultBuilder, runs: readonly SiteRun[], estimate: Estimate, price: PriceBetween, context: ToolContext) {
  const ended = runs.filter(({ endedAt }) => endedAt !== null)
  const lengths = runs.map((run) => lengthOf(run, context))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const add = (label: string, value: number | null, unit: 'seconds' | 'kWh' | 'currency' | 'count') => {
    if (value !== null) result.figure({ ...estimate, label, value, unit })
  }
  add('total length of the runs', sum(lengths), 'seconds')
  if (ended.length > 0) {
    const complete = ended.map((run) => lengthOf(run, context))
    add('mean length of a run', sum(complete) / complete.length, 'seconds')
    add('longest run', Math.max(...complete), 'seconds')
    add('shortest run', Math.min(...complete), 'seconds')
  }
  const energies = runs.flatMap(({ energyKwh }) => (energyKwh === null ? [] : [energyKwh]))
  const costs = runs.flatMap((run) => costOf(run, price, context) ?? [])
  if (energies.length > 0) {
    add('energy of the runs', sum(energies), 'kWh')
  }
  if (costs.length === energies.length && costs.length > 0) {
    add('energy cost of the runs', sum(costs), 'currency')
  }
  // What is not over says nothing of a whole run, in length, energy and cost alike.
  const known = ended.filter(({ energyKwh }) => energyKwh !== null)
  const wholeCosts = known.flatMap((run) => costOf(run, price, context) ?? [])
  if (known.length > 0) add('mean energy of a run', sum(known.map(({ energyKwh }) => energyKwh ?? 0)) / known.length, 'kWh')
  if (known.length > 0 && wholeCosts.length === known.length) {
    add('mean energy cost of a run', sum(wholeCosts) / wholeCosts.length, 'currency')
  }
  const open = runs.find(({ endedAt }) => endedAt === null)
  result.note(
    open &&
      (open.pausedAt === null
        ? 'One is still running; it counts up to now, and in no mean.'
        : 'One has paused and may go on; it counts up to its pause, and in no mean.'),
  )
}

function addMoments(result: ResultBuilder, runs: readonly SiteRun[], appliance: Appliance, context: ToolContext) {
  const estimate = { origin: originOf(context.site, 'estimated'), subject: appliance }
  const named = [
    ['last', runs[0]],
    ['first', runs.at(-1)],
  ] as const
  for (const [which, run] of runs.length > 1 ? named : named.slice(0, 1)) {
    if (!run) continue
    const href = context.links.timeline(run.startedAt)
    result.moment(`start of the ${which} run`, run.startedAt, href)
    if (run.endedAt !== null) result.moment(`end of the ${which} run`, run.endedAt, href)
    else if (run.pausedAt !== null) result.moment(`pause of the ${which} run`, run.pausedAt, href)
    result.figure({ ...estimate, label: `length of the ${which} run`, value: lengthOf(run, context), unit: 'seconds', href })
    if (run.energyKwh !== null)
      result.figure({ ...estimate, label: `energy of the ${which} run`, value: run.energyKwh, unit: 'kWh', href })
  }
  for (const run of runs.slice(1, Math.min(LISTED, runs.length - 1))) {
    const href = context.links.timeline(run.startedAt)
    result.moment('start of a run', run.startedAt, href)
    result.figure({ ...estimate, label: 'length of a run', value: lengthOf(run, context), unit: 'seconds', href })
  }
}

/** Where nothing ran in the period: when it last did before. */
async function addLastBefore(result: ResultBuilder, appliance: Appliance, beforeSeconds: number, context: ToolContext) {
  const found = await listRunsOf(context.user, context.site.id, { beforeSeconds, limit: 1, appliances: [appliance], nowSeconds: context.nowSeconds })
  const last = found?.runs[0]
  if (last) result.moment('last run before', last.startedAt, context.links.timeline(last.startedAt))
  return result
}
