// How good forecasts are: every one made from what was known at its moment, mix and band chosen on what came before.
import { allCandidates } from '@/lib/insights/forecast/all-candidates'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from '@/lib/insights/forecast/network-candidates'
import { NAIVE_DAY, PERSISTENCE } from '@/lib/insights/forecast/profile-candidates'
import { SKY_OF_LAST_DAY, SKY_OF_LAST_HOURS } from '@/lib/insights/forecast/solar-candidates'
import { measuredHomes, solarPlant } from './forecast/measured-series'
import { type ErrorPair, type SeriesScore, scoreSeries } from './forecast/score-series'
import { heatedHomesTable, plantWeatherTable } from './forecast/weather-tables'

/** The plant's last year is held back from training: what comes after 2022, at the plant. */
const SOLAR_YEAR_SECONDS = Date.UTC(2022, 11, 31, 16) / 1000

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

export async function evaluate(dataDir: string): Promise<string> {
  const candidates = allCandidates(await loadForecastNetworks(FORECAST_MODEL_DIR))
  const rows: { name: string; score: SeriesScore }[] = []
  for (const home of measuredHomes(dataDir)) {
    rows.push({ name: home.name, score: await scoreSeries(home, candidates, { fromShare: home.trainedShare }) })
  }
  const judged = rows.filter(({ score }) => score.origins > 0)
  const plant = solarPlant(dataDir)
  const fromShare = plant ? (SOLAR_YEAR_SECONDS - plant.series.startSeconds) / 3600 / plant.series.values.length : 0
  const solar = plant && (await scoreSeries(plant, candidates, { fromShare }))
  return [
    'A day ahead by the hour, from moments 25 hours apart; of homes the network learned from, only the 40 % of the time it has not seen.',
    'MASE: mean absolute error over that of repeating the day before, on the same hours.',
    '',
    '| load | forecasts | error (W) | MASE | of the better of day and week before | inside the 95 % band |',
    '|---|---|---|---|---|---|',
    ...judged.map(({ name, score }) => line(name, score)),
    meanLine(judged.map(({ score }) => score)),
    '',
    ...(solar ? solarTable(plant.name, solar) : ['The solar plant is not in the folder.']),
    '',
    ...(plant ? [...(await plantWeatherTable(dataDir, plant, candidates, fromShare)), ''] : []),
    ...(await heatedHomesTable(candidates)),
  ].join('\n')
}

function line(name: string, score: SeriesScore): string {
  const naive = Math.min(score.naiveDayError, score.naiveWeekError)
  return (
    `| ${name} | ${score.origins} | ${score.meanAbsoluteError.toFixed(1)} | ` +
    `${(score.meanAbsoluteError / score.naiveDayError).toFixed(3)} | ${(score.meanAbsoluteError / naive).toFixed(3)} | ` +
    `${percent(score.coverage)} |`
  )
}

/** Weighted by how many forecasts each home has. */
function meanLine(scores: readonly SeriesScore[]): string {
  const total = scores.reduce((sum, { origins }) => sum + origins, 0)
  const mean = (of: (score: SeriesScore) => number) => scores.reduce((sum, score) => sum + score.origins * of(score), 0) / total
  return (
    `| **homes, by forecasts** | ${total} | | **${mean((s) => s.meanAbsoluteError / s.naiveDayError).toFixed(3)}** | ` +
    `${mean((s) => s.meanAbsoluteError / Math.min(s.naiveDayError, s.naiveWeekError)).toFixed(3)} | **${percent(mean((s) => s.coverage))}** |`
  )
}

/** What generation is compared with, and what the field calls it. */
const PERSISTENCES: readonly { candidate: string; name: string }[] = [
  { candidate: NAIVE_DAY.name, name: 'persistence of the day: the same hour of the day before' },
  { candidate: SKY_OF_LAST_DAY.name, name: 'clear-sky persistence: as clear as on the last day' },
  { candidate: SKY_OF_LAST_HOURS.name, name: 'clear-sky persistence: as clear as in the last three hours of daylight' },
  { candidate: PERSISTENCE.name, name: 'plain persistence: the last value' },
]

function solarTable(name: string, { origins, coverage, against }: SeriesScore): string[] {
  const gain = ({ square, otherSquare }: ErrorPair) => percent(1 - Math.sqrt(square / otherSquare))
  const lines = PERSISTENCES.flatMap(({ candidate, name: called }) => {
    const found = against.find((other) => other.name === candidate)
    if (!found) return []
    const { all, byLead } = found
    return [
      `| ${called} | ${percent(1 - all.error / all.otherError)} | **${gain(all)}** | ` +
        `${byLead.map(({ pair }) => (pair.otherSquare > 0 ? gain(pair) : '-')).join(' | ')} |`,
    ]
  })
  const leads = against[0]!.byLead.map(({ upToHours }, i) => `${i === 0 ? 'the first hour' : `to ${upToHours} h`}`)
  const { all } = against[0]!
  return [
    `${name}, 2023, a year nothing was learned from: ${origins} forecasts of a day, mean absolute error ${(all.error / all.hours).toFixed(0)} W, ` +
      `root mean square ${Math.sqrt(all.square / all.hours).toFixed(0)} W, ${percent(coverage)} inside the 95 % band.`,
    'How much less error than persistence, without any forecast of the weather: clouds of the next day are mostly unknown.',
    '',
    `| against | mean absolute | root mean square | ${leads.map((lead) => `RMS, ${lead}`).join(' | ')} |`,
    `|---|---|---|${leads.map(() => '---|').join('')}`,
    ...lines,
  ]
}
