import type { Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import type { AssetReport, SignatureReport } from '@/lib/contracts/maintenance'

type Words = Translator<'maintenance'>

const UNIT_KEYS = { '%': 'percent', min: 'minutes', W: 'watts', '1/h': 'starts', Wh: 'wattHours' } as const

export function amountText(value: number, unit: SignatureReport['unit'], locale: string, t: Words): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return t(`units.${UNIT_KEYS[unit]}`, { value: new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value) })
}

export const dateText = (seconds: number, format: Format) => format.local(seconds, { dateStyle: 'medium' })

/** What was seen, how fast it goes and when it reaches the limit, in sentences; null where nothing rises. */
export function trendText(report: SignatureReport, format: Format, t: Words): string | null {
  const { kind, unit, baseline, limit, projection } = report
  if (!baseline || limit === null || !projection) return null
  const amount = (value: number) => amountText(value, unit, format.settings.locale, t)
  const date = (seconds: number) => dateText(seconds, format)
  return [
    t(`seen.${kind}`, { level: amount(projection.level), baseline: amount(baseline.value) }),
    t('pace', { slope: amount(projection.slopePerWeek) }),
    projection.level >= limit
      ? t('beyond', { limit: amount(limit) })
      : t('reaches', { limit: amount(limit), from: date(projection.from), to: date(projection.to) }),
  ].join(' ')
}

export function stateText({ state, weeks, leastWeeks }: SignatureReport, t: Words): string {
  return state === 'too few weeks' ? t(`states.${state}`, { weeks, least: leastWeeks }) : t(`states.${state}`)
}

/** due: has an entry; normal: something of it was judged and nothing rises; unsaid: nothing could be; bare: it sends nothing. */
export function standingOf({ entry, signatures, vibration }: AssetReport): 'due' | 'normal' | 'unsaid' | 'bare' {
  if (entry) return 'due'
  if (vibration?.judged || signatures.some(({ state }) => state === 'normal' || state === 'rising')) return 'normal'
  return signatures.length === 0 && !vibration ? 'bare' : 'unsaid'
}

const WEEK_SECONDS = 7 * 86_400

/** When the first of these signatures will have been measured for long enough, if readings go on; null where none waits for that. */
export function firstJudgement(assets: readonly AssetReport[]): { at: number; leastWeeks: number } | null {
  const waiting = assets.flatMap(({ signatures }) => signatures.filter(({ state }) => state === 'too few weeks'))
  const due = waiting.flatMap(({ points, leastWeeks }) => {
    const last = points.at(-1)
    // Weeks without a value have to be made up for.
    return last ? [{ at: last.startTimestamp + (leastWeeks - points.length + 1) * WEEK_SECONDS, leastWeeks }] : []
  })
  return due.toSorted((a, b) => a.at - b.at)[0] ?? null
}

/** What an asset is called: what a person named it, or the appliance in the reader's language. */
export function assetTitle(asset: AssetReport, building: string | undefined, t: Words, appliances: Translator<'appliances'>): string {
  if (asset.isRegistered) return asset.assetName
  const name = asset.appliance ? appliances(`label.${asset.appliance}`) : t('alwaysOn')
  return building === undefined ? name : `${name} (${building})`
}
