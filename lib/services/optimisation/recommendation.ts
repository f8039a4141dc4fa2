import type { Recommendation, Statement } from '@/lib/contracts/optimisation'

/** What one kind of saving came to: recommendations, or why there is none. */
export interface Finding {
  recommendations: Recommendation[]
  notes: Statement[]
}

export const nothing = (...notes: Statement[]): Finding => ({ recommendations: [], notes })

/** What saves less than a hundredth of the currency is no saving. */
const LEAST_SAVINGS = 0.01
const HIGH_PERCENT = 5
const MEDIUM_PERCENT = 2

export const isWorthSaying = (savings: number) => savings >= LEAST_SAVINGS

type Given = Pick<
  Recommendation,
  'type' | 'title' | 'confidence' | 'currency' | 'period' | 'currentCost' | 'plannedCost' | 'assumptions'
> & Partial<Recommendation>

/** Savings are what the days cost less what they would have cost; their percentage is of what the days cost, or were paid, in all. */
export function recommendation(given: Given): Recommendation {
  const potentialSavings = given.currentCost - given.plannedCost
  const amount = Math.abs(given.currentCost)
  // Days that cost nothing in all have no share to save.
  const savingsPercentage = amount > 0 ? (100 * potentialSavings) / amount : 0
  return {
    appliance: null,
    subject: null,
    runs: [],
    consideredRuns: 0,
    power: null,
    batteryWattsByHour: null,
    priority: savingsPercentage >= HIGH_PERCENT ? 'high' : savingsPercentage >= MEDIUM_PERCENT ? 'medium' : 'low',
    potentialSavings,
    savingsPercentage,
    ...given,
    confidence: Math.min(1, Math.max(0, given.confidence)),
  }
}
