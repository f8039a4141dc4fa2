// How good forecasts are: every one made from what was known at its moment, mix and band chosen on what came before.
import { allCandidates } from '@/lib/insights/forecast/all-candidates'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from '@/lib/insights/forecast/network-candidates'
import { measuredHomes, solarPlant } from './forecast/measured-series'
import { type SeriesScore, scoreSeries } from './forecast/score-series'

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
  const solar = plant
    ? await scoreSeries(plant, candidates, {
        fromShare: (SOLAR_YEAR_SECONDS - plant.series.startSeconds) / 3600 / plant.series.values.length,
        everyOrigin: 2,
      })
    : null
  return [
    'A day ahead by the hour, from moments 25 hours apart; of homes the network learned from, only the 40 % of the time it has not seen.',
    'MASE: mean absolute error over that of repeating the day before, on the same hours.',
    '',
    '| series | forecasts | error (W) | MASE | of the better of day and week before | inside the 95 % band |',
    '|---|---|---|---|---|---|',
    ...judged.map(({ name, score }) => line(name, score)),
    meanLine(judged.map(({ score }) => score)),
    ...(solar ? [line(`${plant!.name}, 2023`, solar)] : []),
    '',
    solar ? solarSentence(solar) : 'The solar plant is not in the folder.',
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

function solarSentence({ meanAbsoluteError, naiveDayError, rootMeanSquareError, naiveDayRootMeanSquare, byLead }: SeriesScore): string {
  const leads = byLead
    .filter(({ naive }) => naive > 0)
    .map(({ upToHours, error, naive }) => `up to ${upToHours} h ${percent(1 - error / naive)}`)
  return (
    `Solar against persistence (the same hour the day before): mean absolute error ${percent(1 - meanAbsoluteError / naiveDayError)} lower, ` +
    `root mean square ${percent(1 - rootMeanSquareError / naiveDayRootMeanSquare)} lower; by hours ahead: ${leads.join(', ')}. ` +
    'No weather forecast is used; without one, clouds of the next day are mostly unknown.'
  )
}
