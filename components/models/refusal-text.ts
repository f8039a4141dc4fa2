import type { Translator } from '@/components/i18n/messages'
import { REFUSALS } from '@/lib/contracts/home-learning'
import { ANOMALY_REFUSALS, FORECAST_REFUSALS } from '@/lib/contracts/training'

const KEYS = {
  [REFUSALS.moreMistakes]: 'moreMistakes',
  [REFUSALS.noGain]: 'noGain',
  [REFUSALS.chance]: 'chance',
  [REFUSALS.tooOften]: 'tooOften',
  [REFUSALS.losesRuns]: 'losesRuns',
  [FORECAST_REFUSALS.noGain]: 'forecastNoGain',
  [FORECAST_REFUSALS.band]: 'forecastBand',
  [ANOMALY_REFUSALS.missesReal]: 'anomalyMissesReal',
  [ANOMALY_REFUSALS.moreFalse]: 'anomalyMoreFalse',
  [ANOMALY_REFUSALS.noGain]: 'anomalyNoGain',
} as const

/** Why a version does not count, in the reader's language; one that is not known as it came. */
export function refusalText(reason: string, t: Translator<'models'>): string {
  return reason in KEYS ? t(`refusal.${KEYS[reason as keyof typeof KEYS]}`) : reason
}
