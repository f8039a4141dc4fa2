import { findMainMeters } from '@/lib/data/electrical-devices'
import { plainName } from '../names'
import { isPeriodProblem, newResult, noteNothing, originOf, reportOf, resolvePeriod, type AssistantTool } from './tool-context'

/** How much of a period was measured, since when there are readings, and how old the newest is. */
export const dataCoverage: AssistantTool<'coverage'> = async (given, context) => {
  const period = resolvePeriod(given.period, context)
  if (isPeriodProblem(period)) return period
  const { site, nowSeconds, firstReadingAt, links } = context
  const [{ total }, meters] = await Promise.all([
    reportOf(context, period, 'month'),
    findMainMeters(site.buildings.map(({ key }) => key)),
  ])
  const result = newResult('coverage', given, period, context)
  const href = links.history(period)
  const origin = originOf(site, 'measured')
  result.coverage = total.coverage
  if (firstReadingAt === null) return noteNothing(result, period, context).build()
  result.moment('first reading', firstReadingAt, links.day(firstReadingAt))
  result.figure({ label: 'measured share of the time', value: total.coverage * 100, unit: 'percent', origin, href })
  const elapsed = Math.max(0, Math.min(period.to, nowSeconds) - period.from)
  result.figure({ label: 'time not measured', value: elapsed * (1 - total.coverage), unit: 'seconds', origin, href })
  for (const { buildingKey, lastSeconds } of meters) {
    const building = site.buildings.find(({ key }) => key === buildingKey)
    const where = site.buildings.length > 1 && building ? ` of ${plainName(building.name)}` : ''
    result.moment(`newest reading${where}`, lastSeconds, links.live())
    const age = Math.max(0, nowSeconds - lastSeconds)
    result.figure({ label: `age of the newest reading${where}`, value: age, unit: 'seconds', origin, href: links.live() })
  }
  if (total.energyKwh === null) noteNothing(result, period, context)
  return result.build()
}
