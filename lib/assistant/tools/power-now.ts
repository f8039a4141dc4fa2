import { DateTime } from 'luxon'
import { APPLIANCE_LABELS, APPLIANCES } from '@/lib/contracts/appliances'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { localDateStartSeconds } from '@/lib/domain/local-calendar'
import { kwhTowardsBlocks, powerNow as readPowerNow, priceNow } from '@/lib/services/price-now'
import { loadSiteRates } from '@/lib/services/site-rates'
import { applianceWord, subjectWords } from '../names'
import { newResult, originOf, reportOf, type AssistantTool, type ToolContext } from './tool-context'

const DAY_SECONDS = 86_400

/** What the next kWh costs, in the site's currency; null where it is not known. */
export async function currentPrice(context: ToolContext): Promise<number | null> {
  const { site, nowSeconds } = context
  const { rates } = await loadSiteRates(site, nowSeconds - DAY_SECONDS, nowSeconds + DAY_SECONDS)
  const hasBlocks = rates.rateAt(Math.floor(nowSeconds / 900) * 900).tiers !== null
  const local = DateTime.fromSeconds(nowSeconds, { zone: site.timeZone }).startOf('month')
  const from = localDateStartSeconds(local.toISODate() ?? '', site.timeZone)
  const counted = hasBlocks
    ? kwhTowardsBlocks(rates, nowSeconds, await reportOf(context, { from, to: Math.ceil(nowSeconds / 900) * 900 }, 'day'))
    : 0
  return priceNow(rates, nowSeconds, counted)
}

/** The appliances of all current estimates, the most power first; those that the model cannot tell are absent. */
export function drawingNow(predictions: readonly PredictionMessage[]) {
  return APPLIANCES.flatMap((appliance, index) => {
    const own = predictions.flatMap(({ predictions: estimates }) => estimates[index] ?? []).filter(({ available }) => available)
    if (own.length === 0) return []
    const watts = own.reduce((sum, { power_watts: power }) => sum + power, 0)
    const isOn = own.some(({ is_on: on }) => on)
    return [{ appliance, watts, isOn }]
  }).sort((a, b) => b.watts - a.watts)
}

/** What is drawn this moment. */
export const powerNow: AssistantTool<'power_now'> = async (given, context) => {
  const { site, nowSeconds, links } = context
  const subject = given.subject ?? 'total'
  const [power, price] = await Promise.all([readPowerNow(site, nowSeconds), currentPrice(context)])
  const result = newResult('power_now', given, null, context)
  if (power.totalWatts === null) {
    if (power.measuredAt !== null) result.moment('newest reading', power.measuredAt, links.live())
    return result.note('No meter of this site is sending at the moment, so what is drawn now is not known.').build()
  }
  const at = power.measuredAt ?? nowSeconds
  const drawing = drawingNow(power.predictions)
  const [measured, estimated] = [originOf(site, 'measured'), originOf(site, 'estimated')]
  for (const { appliance, isOn } of drawing) result.state({ subject: appliance, isOn, at, href: links.live() })
  result.moment('newest reading', at, links.live())
  const others = power.predictions.reduce((sum, { other_watts: watts }) => sum + watts, 0)
  const own = drawing.find(({ appliance }) => appliance === subject)
  if (subject !== 'total' && subject !== 'other') {
    result.about(APPLIANCE_LABELS[subject])
    if (!own) return result.note(`The model in use cannot tell ${subjectWords(subject)}.`).build()
    result.figure({
      label: `power of the ${applianceWord(subject)} now`,
      value: own.watts,
      unit: 'W',
      origin: estimated,
      subject,
      href: links.live(),
    })
  } else if (subject === 'other') {
    result.figure({
      label: 'power of everything else now',
      value: others,
      unit: 'W',
      origin: estimated,
      subject,
      href: links.live(),
    })
  }
  result.figure({
    label: 'power of the whole building now',
    value: power.totalWatts,
    unit: 'W',
    origin: measured,
    subject: 'total',
    href: links.live(),
  })
  if (price !== null) {
    const watts = subject === 'total' ? power.totalWatts : subject === 'other' ? others : (own?.watts ?? 0)
    const cost = (Math.max(0, watts) / 1000) * price
    const origin = subject === 'total' ? measured : estimated
    result.figure({
      label: `energy cost of ${subjectWords(subject)} an hour, at this power`,
      value: cost,
      unit: 'currency/h',
      origin,
      subject,
      href: links.live(),
    })
    result.figure({ label: 'price of a kWh now', value: price, unit: 'currency/kWh', origin: measured, href: links.tariff() })
  }
  if (subject !== 'total') return result.build()
  const on = drawing.filter(({ isOn, watts }) => isOn && watts > 0)
  for (const { appliance, watts } of on) {
    result.figure({
      label: `power of the ${applianceWord(appliance)} now`,
      value: watts,
      unit: 'W',
      origin: estimated,
      subject: appliance,
      href: links.live(),
    })
  }
  result.figure({
    label: 'power of everything else now',
    value: others,
    unit: 'W',
    origin: estimated,
    subject: 'other',
    href: links.live(),
  })
  result.about(...on.map(({ appliance }) => APPLIANCE_LABELS[appliance]))
  const rows = on.map(({ appliance, watts }) => [APPLIANCE_LABELS[appliance], watts] as [string, number])
  return result
    .rows(
      [
        { name: 'Appliance', unit: null },
        { name: 'Power', unit: 'W' },
      ],
      [...rows, ['Everything else', others]],
      'bars',
    )
    .build()
}
