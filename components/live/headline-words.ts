import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { AppliancePrediction } from '@/lib/contracts/prediction'

const MOST_NAMES = 3

/** "Dishwasher", "Dishwasher and kettle", "Dishwasher, kettle and 3 more": the first name with a capital, largest power first. */
export function joinNames(names: readonly string[]): string {
  const lower = names.map((name, index) => (index === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1)))
  if (lower.length <= 1) return lower[0] ?? ''
  if (lower.length <= MOST_NAMES) return `${lower.slice(0, -1).join(', ')} and ${lower.at(-1)}`
  return `${lower.slice(0, MOST_NAMES - 1).join(', ')} and ${lower.length - (MOST_NAMES - 1)} more`
}

/** What is on, in words; in the past tense once the readings have stopped. No full stop. */
export function whatIsOn(predictions: readonly AppliancePrediction[], isCurrent: boolean): string {
  const available = predictions.filter((prediction) => prediction.available)
  if (available.length === 0) return 'Which appliances are on is not known: no model is loaded'
  const on = available.filter((prediction) => prediction.is_on).sort((a, b) => b.power_watts - a.power_watts)
  if (on.length === 0) {
    return `None of the ${available.length} known appliances ${isCurrent ? 'is' : 'was'} on`
  }
  const verb = on.length === 1 ? (isCurrent ? 'is' : 'was') : isCurrent ? 'are' : 'were'
  return `${joinNames(on.map((prediction) => APPLIANCE_LABELS[prediction.appliance]))} ${verb} on`
}

/** How sure an estimate is, in words, from its confidence 0..1. */
export function confidenceWords(confidence: number): string {
  if (confidence >= 0.8) return 'Very sure'
  if (confidence >= 0.5) return 'Fairly sure'
  if (confidence >= 0.25) return 'Not very sure'
  return 'Unsure'
}
