import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '@/lib/infra/usage-error'
import { soundParquet } from '@/lib/ingest/import/testing/hostile-parquet'
import { surveyFile, type SurveyLimits } from './survey-file'

const T0 = 1_706_184_000
const GENEROUS: SurveyLimits = { milliseconds: 60_000, heapMegabytes: 512, residentMegabytes: 1024 }

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'survey-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function survey(content: string | Uint8Array, name: string, limits: Partial<SurveyLimits> = {}) {
  const file = path.join(folder, `${Math.random()}.upload`)
  writeFileSync(file, content)
  return surveyFile({ file, name, timeZone: 'UTC', said: {} }, { ...GENEROUS, ...limits })
}

/** As many readings as one entry may have. */
const greenButton = () => {
  const reading = (i: number) =>
    `<IntervalReading><timePeriod><duration>900</duration><start>${T0 + i * 900}</start></timePeriod><value>1</value></IntervalReading>\n`
  const readings = Array.from({ length: 490_000 }, (_, i) => reading(i)).join('')
  return `<feed xmlns="http://naesb.org/espi"><entry><ReadingType>\n<uom>72</uom></ReadingType>\n<IntervalBlock>\n${readings}</IntervalBlock></entry></feed>`
}

describe('what looks at an upload is a process that nothing else suffers from', () => {
  it('says how a file would be read, and what is wrong with one that cannot be', async () => {
    const preview = await survey(soundParquet(300), 'meter.parquet')
    expect(preview).toMatchObject({ container: 'parquet', mapping: { timeColumn: 'timestamp' } })
    expect(preview.rows[0]).toMatchObject({ timestamp: T0, values: { power: 100 } })
    await expect(survey('name,age\nAnn,3\n', 'people.csv')).rejects.toThrow(/^people\.csv has no column of times/)
  })

  it.each([
    ['JavaScript objects', { heapMegabytes: 24 }],
    ['resident memory', { residentMegabytes: 30 }],
  ])('ends one that takes more %s than it may', async (_, limits) => {
    const error = await survey(gzipSync(greenButton()), 'green.xml.gz', limits).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toMatch(/^green\.xml\.gz takes too much memory/)
  })

  it('ends one that takes longer than it may', async () => {
    await expect(survey(greenButton(), 'green.xml', { milliseconds: 50 })).rejects.toThrow(/takes longer than 0\.05 s/)
  })

  it('answers all of many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => survey(`timestamp,power_total\n${T0 + i},5\n`, 'm.csv')))
    expect(answers.map(({ rows }) => rows[0]?.timestamp)).toEqual([0, 1, 2, 3, 4, 5].map((i) => T0 + i))
  })
})
