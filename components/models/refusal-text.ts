import type { Translator } from '@/components/i18n/messages'
import { REFUSALS } from '@/lib/contracts/home-learning'

/** Why a version does not count, in the reader's language; one that is not known as it came. */
export function refusalText(reason: string, t: Translator<'models'>): string {
  const key = (Object.keys(REFUSALS) as (keyof typeof REFUSALS)[]).find((candidate) => REFUSALS[candidate] === reason)
  return key ? t(`refusal.${key}`) : reason
}
