import { clearSkyHour, type Place } from './clear-sky'

const ENVELOPE_DAYS = 20
const MOST_DAYS = 400
const FEWEST_DAYS = 7
const LEAST_MATCH = 0.9

/**
 * Where a solar plant would have to be to generate when it does: the place whose clear sky follows the plant's best hours most
 * closely. A panel that faces east looks as if it stood further east, which serves a forecast as well. Null where the series does
 * not look like the sun: it generates at night, or no place fits.
 * @param values hourly, NaN where unknown @param end steps before it are used
 */
export function locatePlant(values: Float64Array, startSeconds: number, end: number): Place | null {
  const first = Math.max(0, end - MOST_DAYS * 24)
  const days = Math.floor((end - first) / 24)
  if (days < FEWEST_DAYS) return null
  const samples = envelope(values, startSeconds, first, end)
  const top = Math.max(...samples.map(({ best }) => best))
  if (!(top > 0) || samples.filter(({ best }) => best < top * 0.01).length < samples.length * 0.25) return null
  let found: { place: Place; match: number } | null = null
  const search = (latitudes: number[], longitudes: number[]) => {
    for (const latitudeDegrees of latitudes) {
      for (const longitudeDegrees of longitudes) {
        const place = { latitudeDegrees, longitudeDegrees }
        const match = correlation(
          samples.map(({ best }) => best),
          samples.map(({ seconds }) => clearSkyHour(place, seconds)),
        )
        if (!found || match > found.match) found = { place, match }
      }
    }
  }
  search(range(-60, 60, 15), range(-180, 165, 15))
  for (const step of [5, 2]) {
    const { latitudeDegrees, longitudeDegrees } = found!.place
    search(
      range(latitudeDegrees - 2 * step, latitudeDegrees + 2 * step, step).filter((latitude) => Math.abs(latitude) <= 70),
      range(longitudeDegrees - 2 * step, longitudeDegrees + 2 * step, step),
    )
  }
  const { place, match } = found!
  return match >= LEAST_MATCH ? place : null
}

/** The best of each hour of the day over each stretch of days: what was generated under the clearest sky. */
function envelope(values: Float64Array, startSeconds: number, first: number, end: number) {
  const samples: { seconds: number; best: number }[] = []
  const stretch = ENVELOPE_DAYS * 24
  for (let to = end; to - first >= 7 * 24; to -= stretch) {
    const from = Math.max(first, to - stretch)
    for (let hour = 0; hour < 24; hour++) {
      let best = -Infinity
      for (let step = to - 24 + hour; step >= from; step -= 24) if (values[step]! > best) best = values[step]!
      if (best === -Infinity) continue
      const middle = to - 24 + hour - 24 * Math.floor((to - from) / 48)
      samples.push({ seconds: startSeconds + middle * 3600, best })
    }
  }
  return samples
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  const [meanA, meanB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB)
    aa += (a[i]! - meanA) ** 2
    bb += (b[i]! - meanB) ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)
