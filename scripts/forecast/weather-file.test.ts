import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { alignWeather } from './align-weather'
import { readWeather } from './read-weather'

const HOUR = 3600
const START = Date.UTC(2025, 5, 1) / 1000
const at = (hour: number) => new Date((START + hour * HOUR) * 1000).toISOString()

async function table(...lines: string[]): Promise<string> {
  const { folder, remove } = scratchFolder()
  onTestFinished(remove)
  const file = path.join(folder, 'weather.csv')
  await writeFile(file, lines.join('\n'))
  return file
}
const series = (hours: number, stepSeconds = HOUR) => ({
  startSeconds: START,
  stepSeconds,
  values: new Float64Array((hours * HOUR) / stepSeconds),
})

describe('a file of weather forecasts', () => {
  it('is read under the names that weather services use, with decimal commas; without issued each row was said a day before', async () => {
    const file = await table('Timestamp;Shortwave_Radiation;temperature_2m', '2025-06-01 00:00;0,0;12,5', '2025-06-01 12:00;640,5;')
    const { rows, rejected } = await readWeather(file, 'Europe/Berlin')
    expect(rejected).toEqual([])
    expect(rows[0]).toEqual({
      seconds: START - 2 * HOUR, issuedSeconds: START - 26 * HOUR, irradianceWattsPerSquareMetre: 0, temperatureCelsius: 12.5,
    })
    expect(rows[1]).toMatchObject({ irradianceWattsPerSquareMetre: 640.5, temperatureCelsius: Number.NaN })
  })

  it('leaves out rows whose time, issue or value cannot be, and says why', async () => {
    const wrong = [`soon,${at(0)},1`, `${at(2)},never,1`, `${at(3)},,9000`, `${at(4)},,`]
    const file = await table('timestamp,issued,ghi', `${at(1)},${at(-9)},100`, ...wrong)
    const { rows, rejected } = await readWeather(file, 'UTC')
    expect(rows.map(({ seconds }) => seconds)).toEqual([START + HOUR])
    expect(rejected.map(({ lineNumber }) => lineNumber).sort()).toEqual([3, 4, 5])
    expect(rejected.map(({ reason }) => reason).join('; ')).toMatch(/issued: .*irradiance is 9000, it must be -20 to 1600 W\/m2/)
  })

  it('is refused without a column of weather or a row that can be read, in words', async () => {
    const reading = async (...lines: string[]) => readWeather(await table(...lines), 'UTC')
    await expect(reading('timestamp,clouds', `${at(0)},3`)).rejects.toThrow(/needs a column irradiance .* or temperature/)
    await expect(reading('time,ghi', `${at(0)},3`)).rejects.toThrow(/timestamp/)
    await expect(reading('timestamp,ghi', `${at(0)},sunny`)).rejects.toThrow(/no row with a time and a number/)
  })
})

describe('weather on the steps of a series', () => {
  const row = (hour: number, issuedHour: number, irradianceWattsPerSquareMetre: number) => ({
    seconds: START + hour * HOUR,
    issuedSeconds: START + issuedHour * HOUR,
    irradianceWattsPerSquareMetre,
    temperatureCelsius: Number.NaN,
  })

  it('is by lead the newest that had been said so many days before a step ended', () => {
    const rows = [row(50, -10, 1), row(50, 2, 2), row(50, 26, 3), row(50, 40, 4)]
    const { irradianceWattsPerSquareMetre: laid, temperatureCelsius } = alignWeather(rows, series(72), 24)
    expect(laid.slice(0, 4).map((leads) => leads[50])).toEqual([3, 2, Number.NaN, Number.NaN])
    expect(temperatureCelsius[0]![50]).toBeNaN()
  })

  it('is, of steps to come, the newest that was said before the series ended, and nothing that was said later', () => {
    const rows = [row(80, 0, 1), row(80, 70, 2), row(80, 73, 3), row(100, 71, 5), row(90, 80, 9)]
    const { irradianceWattsPerSquareMetre: laid } = alignWeather(rows, series(72), 48)
    expect([laid[0]![80], laid[1]![100], laid[0]![100], laid[0]![90]]).toEqual([2, 5, 5, Number.NaN])
  })

  it('holds for all finer steps of its time, and is the mean of finer rows', () => {
    const hourly = [row(30, 0, 10), row(31, 0, 20)]
    const quarters = alignWeather(hourly, series(48, 900), 0).irradianceWattsPerSquareMetre[0]!
    expect([...quarters.slice(119, 129)]).toEqual([Number.NaN, 10, 10, 10, 10, 20, 20, 20, 20, Number.NaN])
    const fine = [row(30, 0, 10), row(30.25, 0, 20), row(30.5, 0, 30), row(30.75, 0, 40)]
    expect(alignWeather(fine, series(48), 0).irradianceWattsPerSquareMetre[0]![30]).toBe(25)
  })
})
