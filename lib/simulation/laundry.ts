import type { HouseholdDay } from '@/lib/simulation/household'
import type { HomeContext } from '@/lib/simulation/load'
import { Random, streamSeed } from '@/lib/simulation/random'

/** How many washes a day gets: the week's laundry is spread over its days, most of it on free ones. */
export function washesOfDay(home: HomeContext, day: HouseholdDay): number {
  const monday = day.day.dayNumber - (day.day.weekday - 1)
  const random = new Random(streamSeed(home.seed, 'laundry'), monday)
  const weights = [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    if (weekday === 6) return 2.4
    if (weekday === 7) return 1.5
    return home.profile.homeOfficeWeekdays.includes(weekday) ? 1.3 : 0.8
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const loads = Math.round(1.6 + 1.15 * home.profile.occupants + random.between(-0.8, 0.8))
  // Evenly over the week's weights from a random beginning on: nobody leaves it all for one day.
  const shift = random.unit()
  let today = 0
  for (let load = 0; load < loads; load += 1) {
    let left = ((load + shift) / loads) * total
    const chosen = weights.findIndex((weight) => (left -= weight) < 0)
    if (chosen + 1 === day.day.weekday) today += 1
  }
  return Math.min(3, today)
}
