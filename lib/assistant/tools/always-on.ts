import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { alwaysOnBetween, alwaysOnOf } from '@/lib/services/energy-overview'
import { plainName } from '../names'
import {
  isPeriodProblem,
  newResult,
  noteCoverage,
  noteNothing,
  originOf,
  reportOf,
  resolvePeriod,
  type AssistantTool,
} from './tool-context'

const DAY_SECONDS = 86_400
const HOURS_PER_MONTH = 730.5
const LONGEST_DAYS = 370

/** What is drawn whatever happens: the base load of a period, and what that comes to. */
export const alwaysOn: AssistantTool<'always_on'> = async (given, context) => {
  const period = resolvePeriod(given.period, context)
  if (isPeriodProblem(period)) return period
  const { site, nowSeconds, links } = context
  const quarter = (seconds: number) => Math.floor(seconds / QUARTER_SECONDS) * QUARTER_SECONDS
  const to = quarter(Math.min(period.to, nowSeconds))
  const from = Math.max(quarter(period.from), to - LONGEST_DAYS * DAY_SECONDS)
  const [own, report] = await Promise.all([
    alwaysOnBetween(site, from, to, nowSeconds),
    reportOf(context, { from, to: Math.max(to, from + 60) }, 'month'),
  ])
  const result = newResult('always_on', given, { ...period, from }, context)
  if (report.total.energyKwh === null) return noteNothing(result, period, context).build()
  noteCoverage(result, report.total.coverage, period, context)
  const found = own ?? (await alwaysOnOf(site, nowSeconds))
  if (!found) return result.note('Too few days were measured well enough to tell what is always on.').build()
  const isShort = own === null
  const estimate = { origin: originOf(site, 'estimated'), subject: 'total', href: links.overview() } as const
  const where = isShort
    ? { period: { from: quarter(nowSeconds) - 28 * DAY_SECONDS, to: quarter(nowSeconds), label: 'the last four weeks' } }
    : {}
  result.note(isShort && 'That period has too few well measured days; this is of the last four weeks.')
  result.figure({ ...estimate, ...where, label: 'power that is always on', value: found.powerWatts, unit: 'W' })
  result.figure({ ...estimate, ...where, label: 'days it was found from', value: found.days, unit: 'count' })
  result.figure({
    ...estimate,
    ...where,
    label: 'energy of what is always on, a month',
    value: (found.powerWatts / 1000) * HOURS_PER_MONTH,
    unit: 'kWh',
  })
  if (found.costPerMonth !== null) {
    result.figure({
      ...estimate,
      ...where,
      label: 'energy cost of what is always on, a month',
      value: found.costPerMonth,
      unit: 'currency',
    })
  }
  result.note(
    found.costPerMonth !== null &&
      found.tariffName !== null &&
      `What a month costs is at the prices of the tariff of now, ${plainName(found.tariffName)}.`,
  )
  const { importedKwh } = report.total
  if (!isShort && importedKwh !== null && importedKwh > 0 && report.total.coverage > 0) {
    const measuredHours = ((to - from) / 3600) * report.total.coverage
    const share = Math.min(100, (((found.powerWatts / 1000) * measuredHours) / importedKwh) * 100)
    result.figure({ ...estimate, label: 'share of what is always on', value: share, unit: 'percent' })
  }
  return result.build()
}
