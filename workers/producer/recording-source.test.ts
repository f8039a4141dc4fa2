import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { UsageError } from '@/lib/infra/usage-error'
import type { ReadingSource } from '@/workers/producer/reading-source'
import { openRecording } from '@/workers/producer/recording-source'

const folder = mkdtempSync(path.join(tmpdir(), 'undercurrent-recording-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function recording(name: string, lines: readonly string[]): string {
  const file = path.join(folder, name)
  writeFileSync(file, lines.join('\n'))
  return file
}

async function all(source: ReadingSource): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let sample = await source.next(); sample; sample = await source.next()) samples.push(sample)
  return samples
}

const HEADER = 'timestamp,power_total,voltage,current,power_factor'

describe('a recording', () => {
  it('is replayed with its own timestamps and everything it measured', async () => {
    const file = recording('plain.csv', [
      HEADER,
      '1706198400,3500,230.1,15.2,0.95',
      '1706198401.5,-120.5,,,',
      '2024-01-25T16:00:10Z,7,230,,1',
    ])
    const source = await openRecording({ file, buildingId: 'b', startAt: null })
    expect(source).toMatchObject({ startSeconds: 1706198400, followsWallClock: false })
    expect(source.problems()).toBeNull()
    expect(await all(source)).toEqual([
      {
        buildingId: 'b',
        timestampSeconds: 1706198400,
        powerWatts: 3500,
        voltageVolts: 230.1,
        currentAmps: 15.2,
        powerFactor: 0.95,
        source: 'replay',
      },
      { buildingId: 'b', timestampSeconds: 1706198401.5, powerWatts: -120.5, source: 'replay' },
      { buildingId: 'b', timestampSeconds: 1706198410, powerWatts: 7, voltageVolts: 230, powerFactor: 1, source: 'replay' },
    ])
  })

  it('is shifted as a whole when it is to start at another time', async () => {
    const file = recording('shift.csv', ['\uFEFFtimestamp,power_total', '1706198400.25,1', '1706198406.25,2', '1706198460.25,3'])
    const seen: number[] = []
    const source = await openRecording({
      file,
      buildingId: 'b',
      startAt: (first, last) => (seen.push(first, last), 1_750_000_000),
    })
    expect(seen).toEqual([1706198400.25, 1706198460.25])
    expect((await all(source)).map((sample) => sample.timestampSeconds)).toEqual([1_750_000_000, 1_750_000_006, 1_750_000_060])
  })

  it('leaves out rows that cannot be read and says which', async () => {
    const file = recording('bad.csv', [HEADER, '1706198400,NaN,,,', '1706198401,5,,,', 'yesterday,5,,,', ''])
    const source = await openRecording({ file, buildingId: 'b', startAt: null })
    expect(source.problems()).toMatch(/^2 rows of .* line 2: /)
    expect(await all(source)).toHaveLength(1)
  })

  it('may be written as spreadsheets and meters of other countries do', async () => {
    const comma = recording('quoted.csv', [
      '"room, floor","timestamp","power_total","thd"',
      '"cellar, 0","1706198400","1500.5",""',
      '"a ""b""',
      'c","2024-01-25 16:00:02","-20.25","3"',
    ])
    const semicolon = recording('semicolon.csv', [
      'sep=;',
      'Timestamp;Power_Total;thd',
      '1706198400;1500,5;',
      '"2024-01-25T17:00:02+01:00";-20,25;3',
    ])
    for (const file of [comma, semicolon]) {
      const source = await openRecording({ file, buildingId: 'b', startAt: null })
      expect(source.problems()).toBeNull()
      expect(await all(source)).toEqual([
        { buildingId: 'b', timestampSeconds: 1706198400, powerWatts: 1500.5, source: 'replay' },
        { buildingId: 'b', timestampSeconds: 1706198402, powerWatts: -20.25, thdPercent: 3, source: 'replay' },
      ])
    }
  })

  it('of a simulation stays one', async () => {
    const file = recording('simulated.csv', ['timestamp,power_total,simulated', '1706198400,5,true', '1706198401,5,'])
    const source = await openRecording({ file, buildingId: 'b', startAt: null })
    expect((await all(source)).map((sample) => sample.source)).toEqual(['simulation', 'replay'])
  })

  it('is refused when it is no recording', async () => {
    await expect(
      openRecording({ file: recording('x.csv', ['time,watts', '1,2']), buildingId: 'b', startAt: null }),
    ).rejects.toThrow(UsageError)
    await expect(openRecording({ file: recording('y.csv', [HEADER]), buildingId: 'b', startAt: null })).rejects.toThrow(
      /no readable row/,
    )
  })
})
