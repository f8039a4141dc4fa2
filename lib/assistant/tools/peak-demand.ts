import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { rankedAppliances, valueOf } from './energy-values'
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

const WATTS_PER_KWH_OF_A_QUARTER = 4000
/** What draws less is not what made a peak. */
const LEAST_WATTS = 20

/** The highest mean over a quarter of an hour, as suppliers bill it, and what was on then. */
export const peakDemand: AssistantTool<'peak_demand'> = async (given, context) => {
  const period = resolvePeriod(given.period, context)
  if (isPeriodProblem(period)) return period
  const { total, peak } = await reportOf(context, period, 'month')
  const result = newResult('peak_demand', given, period, context)
  if (total.energyKwh === null || !peak) return noteNothing(result, period, context).build()
  noteCoverage(result, total.coverage, period, context)
  const href = context.links.day(peak.startedAt)
  const measured = originOf(context.site, 'measured')
  result.figure({
    label: 'highest mean power over a quarter of an hour',
    value: peak.powerWatts,
    unit: 'W',
    origin: measured,
    subject: 'total',
    href,
  })
  result.moment('start of the highest quarter of an hour', peak.startedAt, href)
  const then = await reportOf(context, { from: peak.startedAt, to: peak.startedAt + QUARTER_SECONDS }, 'hour')
  const origin = originOf(context.site, 'estimated')
  const drawing = rankedAppliances(then.total, 'energy')
    .map(({ appliance, value }) => ({ appliance, watts: value * WATTS_PER_KWH_OF_A_QUARTER }))
    .filter(({ watts }) => watts >= LEAST_WATTS)
  for (const { appliance, watts } of drawing) {
    const label = `power of the ${APPLIANCE_LABELS[appliance].toLowerCase()} in the highest quarter of an hour`
    result.figure({ label, value: watts, unit: 'W', origin, subject: appliance, href })
  }
  const other = (valueOf(then.total, 'other', 'energy') ?? 0) * WATTS_PER_KWH_OF_A_QUARTER
  result.figure({
    label: 'power of everything else in the highest quarter of an hour',
    value: other,
    unit: 'W',
    origin,
    subject: 'other',
    href,
  })
  result.about(...drawing.map(({ appliance }) => APPLIANCE_LABELS[appliance]))
  const rows = drawing.map(({ appliance, watts }) => [APPLIANCE_LABELS[appliance], watts] as [string, number])
  result.rows(
    [
      { name: 'Appliance', unit: null },
      { name: 'Power', unit: 'W' },
    ],
    [...rows, ['Everything else', other]],
    'bars',
  )
  return result.build()
}
