import type { Candidate } from '@/lib/insights/forecast/candidate'
import { NAIVE_DAY } from '@/lib/insights/forecast/profile-candidates'
import { heatedHomes, temperatureForecast } from './heated-homes'
import type { MeasuredSeries } from './measured-series'
import { plantWeather } from './plant-weather'
import { type ErrorPair, scoreSeries } from './score-series'

/** Of the irradiance a day ahead, see the text of the table. */
const RELATIVE_ERRORS = [0.4, 0.6]
const TEMPERATURE_ERRORS_KELVIN = [0, 2]
/** Of each simulated home, the part of the winter that is judged. */
const HEATED_FROM_SHARE = 0.4
/** Each forecast of a home takes its time; every third is enough of what is simulated. */
const HEATED_EVERY_ORIGIN = 3
const SEED = 1

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** Generation with measured weather in place of a forecast of it, as it was and with errors. Never a real forecast. */
export async function plantWeatherTable(
  dataDir: string,
  plant: MeasuredSeries,
  candidates: readonly Candidate[],
  fromShare: number,
): Promise<string[]> {
  const settings = [
    { name: 'perfect forecast: the weather that was measured (upper bound)', errors: null },
    ...RELATIVE_ERRORS.map((relativeRootMeanSquare) => ({
      name: `simulated forecast errors: ${percent(relativeRootMeanSquare)} relative RMSE of the irradiance`,
      errors: { relativeRootMeanSquare, seed: SEED },
    })),
  ]
  const rows: string[] = []
  let leads: string[] = []
  for (const { name, errors } of settings) {
    const weather = plantWeather(dataDir, plant.series, errors)
    const { against, coverage, origins } = await scoreSeries(plant, candidates, { fromShare, weather })
    const { all, byLead } = against.find((other) => other.name === NAIVE_DAY.name)!
    leads = byLead.map(({ upToHours }, i) => (i === 0 ? 'the first hour' : `to ${upToHours} h`))
    rows.push(
      `| ${name} | ${origins} | ${percent(1 - all.error / all.otherError)} | **${gain(all)}** | ` +
        `${byLead.map(({ pair }) => (pair.otherSquare > 0 ? gain(pair) : '-')).join(' | ')} | ${percent(coverage)} |`,
    )
  }
  return [
    `${plant.name}, the same year with weather: the irradiance measured beside the plant stands in for a forecast of it. None of these`,
    'rows is a real forecast of the weather. Simulated errors are of the clear-sky index, last for hours (0.9 from one hour to the next),',
    'and are as large as measured for forecasts a day ahead: relative RMSE 20 to 35 % at Spanish, 40 to 60 % at Central European stations',
    '(Lorenz et al. 2009, Benchmarking of different approaches to forecast solar irradiance, 24th EU PVSEC).',
    'How much less error than the same hour of the day before:',
    '',
    `| weather | forecasts | mean absolute | root mean square | ${leads.map((lead) => `RMS, ${lead}`).join(' | ')} | inside the 95 % band |`,
    `|---|---|---|---|${leads.map(() => '---|').join('')}---|`,
    ...rows,
  ]
}

const gain = ({ square, otherSquare }: ErrorPair) => percent(1 - Math.sqrt(square / otherSquare))

/** Load with a temperature forecast: of no measured home the outdoor temperature is known, so simulated ones. */
export async function heatedHomesTable(candidates: readonly Candidate[]): Promise<string[]> {
  const rows: string[] = []
  for (const home of heatedHomes()) {
    const settings = [
      { name: 'none', weather: undefined },
      ...TEMPERATURE_ERRORS_KELVIN.map((kelvin) => ({
        name: kelvin === 0 ? 'perfect forecast (upper bound)' : `simulated forecast errors: ${kelvin} K RMSE`,
        weather: temperatureForecast(home, kelvin, SEED),
      })),
    ]
    for (const { name, weather } of settings) {
      const score = await scoreSeries(home, candidates, {
        fromShare: HEATED_FROM_SHARE,
        everyOrigin: HEATED_EVERY_ORIGIN,
        weather,
      })
      rows.push(
        `| ${home.name} | ${name} | ${score.origins} | ${score.meanAbsoluteError.toFixed(1)} | ` +
          `${(score.meanAbsoluteError / score.naiveDayError).toFixed(3)} | ${percent(score.coverage)} |`,
      )
    }
  }
  return [
    'Load with the outdoor temperature: simulated homes with a heat pump over a winter, for no measured home at hand comes with it. Not',
    'measured data: what a real home gains is unknown.',
    '',
    '| home | forecast of the temperature | forecasts | error (W) | MASE | inside the 95 % band |',
    '|---|---|---|---|---|---|',
    ...rows,
  ]
}
