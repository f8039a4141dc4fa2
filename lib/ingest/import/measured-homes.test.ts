import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readNpz } from './testing/read-npz'
import { readText } from './testing/read-text'

const DATA = path.resolve('../shared/data')
const MISSING = -32_768
const ROWS = 40_000

const isThere = existsSync(DATA)
if (!isThere) console.warn(`\n!! ${DATA} is not there: the import of measured homes is NOT TESTED.\n`)

/** Times and watts of a home's mains, as an array holds them, gaps left out. */
function mainsOf(file: string, count: number): { seconds: number; watts: number }[] {
  const arrays = readNpz(path.join(DATA, 'nilm', file))
  const [watts, times] = [arrays.agg!, arrays.t ?? arrays.t_rel]
  const step = Number(arrays.dt?.[0] ?? 1)
  const readings = []
  for (let i = 0; i < watts.length && readings.length < count; i++) {
    const seconds = times && times.length === watts.length ? Number(times[i]) : i * step
    if (Number(watts[i]) !== MISSING)
      readings.push({ seconds: seconds < 1e9 ? 1_370_000_000 + seconds : seconds, watts: Number(watts[i]) })
  }
  return readings
}

const distinct = (readings: readonly { seconds: number }[]) => new Set(readings.map(({ seconds }) => seconds)).size

describe.skipIf(!isThere)(
  'measured homes, written as their data sets write them, are read without loss',
  { timeout: 60_000 },
  () => {
    it('UK-DALE house 1 as mains.dat', async () => {
      const mains = mainsOf('train/ukdale_house1_6s.npz', ROWS)
      const read = await readText(mains.map(({ seconds, watts }) => `${seconds} ${watts} ${watts} 240.1`).join('\n'), {
        name: 'mains.dat',
      })
      expect(read).toMatchObject({ format: 'ukdale', rejected: [], judgement: { isMains: true, asReadings: true, factors: {} } })
      expect(read.rows).toHaveLength(distinct(mains))
      expect(read.rows.reduce((sum, { watts }) => sum + watts, 0)).toBe(mains.reduce((sum, { watts }) => sum + watts, 0))
    })

    it.each(['refit_head_house01', 'refit_head_house07', 'refit_head_house19'])('REFIT %s as CLEAN_House.csv', async (home) => {
      const mains = mainsOf(`train/${home}.npz`, ROWS)
      const head = `Time,Unix,Aggregate,${Array.from({ length: 9 }, (_, i) => `Appliance${i + 1}`).join(',')},Issues\n`
      const line = ({ seconds, watts }: (typeof mains)[number]) => `2013-10-09 13:06:17,${seconds},${watts},0,0,0,0,0,0,0,0,0,0`
      const read = await readText(head + mains.map(line).join('\n'), { name: 'CLEAN_House1.csv' })
      expect(read).toMatchObject({ format: 'refit', rejected: [], judgement: { isMains: true, asReadings: true, factors: {} } })
      expect(read.rows).toHaveLength(distinct(mains))
      expect(read.rows.reduce((sum, { watts }) => sum + watts, 0)).toBe(mains.reduce((sum, { watts }) => sum + watts, 0))
    })

    it('the hourly power of a photovoltaic plant, as it was published: CSV packed with gzip', async () => {
      const read = await readText(readFileSync(path.join(DATA, 'solar/SQ8.csv.gz')), {
        name: 'SQ8.csv.gz',
        timeZone: 'Asia/Hong_Kong',
      })
      expect(read).toMatchObject({ format: 'meter', container: 'gzip', judgement: { asReadings: false, factors: {} } })
      expect(read.rows.length).toBeGreaterThan(5000)
      expect(read.rejected).toEqual([])
    })

    it.each(['nyc_taxi', 'ambient_temperature_system_failure'])('%s is no electricity and is refused', async (name) => {
      const text = readFileSync(path.join(DATA, `anomaly/nab/realKnownCause/${name}.csv`))
      await expect(readText(text, { name: `${name}.csv` })).rejects.toThrow(/no column of power/)
    })
  },
)
