import type { Translator } from '@/components/i18n/messages'
import type { Appliance } from '@/lib/contracts/appliances'
import type { AppliancePrediction } from '@/lib/contracts/prediction'

const MOST_NAMES = 3

export interface HeadlineWords {
  live: Translator<'live'>
  appliances: Translator<'appliances'>
}

/** "Dishwasher", "Dishwasher and kettle", "Dishwasher, kettle and 3 more": the first name as it begins a sentence. */
export function joinNames(appliances: readonly Appliance[], words: HeadlineWords): string {
  const names = appliances.map((appliance, index) => words.appliances(`${index === 0 ? 'label' : 'inText'}.${appliance}`))
  if (names.length <= 1) return names[0] ?? ''
  if (names.length <= MOST_NAMES) {
    return words.live('headline.and', { names: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' })
  }
  const named = names.slice(0, MOST_NAMES - 1)
  return words.live('headline.andMore', { names: named.join(', '), count: names.length - named.length })
}

/** What is on, in words, largest power first; in the past tense once the readings have stopped. No full stop. */
export function whatIsOn(predictions: readonly AppliancePrediction[], isCurrent: boolean, words: HeadlineWords): string {
  const available = predictions.filter((prediction) => prediction.available)
  if (available.length === 0) return words.live('headline.noModel')
  const on = available.filter((prediction) => prediction.is_on).sort((a, b) => b.power_watts - a.power_watts)
  if (on.length === 0) return words.live(isCurrent ? 'headline.noneOn' : 'headline.noneWasOn', { count: available.length })
  const names = joinNames(on.map(({ appliance }) => appliance), words)
  return words.live(isCurrent ? 'headline.on' : 'headline.wasOn', { names, count: on.length })
}

/** How sure an estimate is, in words, from its confidence 0..1. */
export function confidenceWords(confidence: number, t: Translator<'live'>): string {
  if (confidence >= 0.8) return t('confidence.high')
  if (confidence >= 0.5) return t('confidence.fair')
  if (confidence >= 0.25) return t('confidence.low')
  return t('confidence.none')
}
