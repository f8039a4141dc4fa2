import { DateTime } from 'luxon'
import type { SignatureKind, SignatureReport } from '@/lib/contracts/maintenance'

const WHAT: Record<SignatureKind, { is: string; advice: string }> = {
  cooling_duty: {
    is: 'Its compressor runs',
    advice: 'Check the door seal, defrost it, clean the condenser and see that air reaches its back.',
  },
  cooling_cycle: {
    is: 'Each cooling cycle takes',
    advice: 'Clean the condenser and check the door seal; if that does not help, have the refrigerant checked.',
  },
  running_power: { is: 'While it runs it draws', advice: 'Clean the condenser and the fan; if that does not help, have it serviced.' },
  short_cycling: {
    is: 'For each hour it runs it starts',
    advice: 'Have the flow, the filters and the refrigerant checked: short cycles wear out the compressor.',
  },
  heating_time: {
    is: 'Heating the water of a run takes',
    advice: 'Descale it and clean its filters; if that does not help, have the heating element checked.',
  },
  energy_per_run: { is: 'A run takes', advice: 'Clean its filters and descale it, and see whether other programmes are used than before.' },
  always_on: { is: 'What is always on draws', advice: 'Find what was added or no longer switches itself off.' },
}

/** What to do about it. */
export const adviceFor = (kind: SignatureKind): string => WHAT[kind].advice

/** One paragraph for people: what was seen against what is usual, when it reaches the limit, what to do. */
export function recommendationFor({ kind, unit, baseline, limit, projection }: SignatureReport, timeZone: string): string {
  if (!baseline || limit === null || !projection) return WHAT[kind].advice
  const date = (seconds: number) => DateTime.fromSeconds(seconds, { zone: timeZone }).toFormat('d LLL yyyy', { locale: 'en' })
  const { level, slopePerWeek, from, to } = projection
  const change = `${amount(level, unit)}, at first ${amount(baseline.value, unit)}`
  const pace = `and ${amount(slopePerWeek, unit)} more each week`
  const when =
    level >= limit
      ? `It is beyond its limit of ${amount(limit, unit)}.`
      : `It reaches its limit of ${amount(limit, unit)} between ${date(from)} and ${date(to)} if this goes on.`
  return `${WHAT[kind].is} ${change}, ${pace}. ${when} ${WHAT[kind].advice}`
}

function amount(value: number, unit: SignatureReport['unit']): string {
  const rounded = Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
  switch (unit) {
    case '%':
      return `${rounded} % of the time`
    case '1/h':
      return `${rounded} times`
    default:
      return `${rounded} ${unit}`
  }
}
