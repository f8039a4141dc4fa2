import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AnomalyWindow } from './nab-score'

export interface LabelledSeries {
  name: string
  /** Unix seconds. */
  seconds: number[]
  values: number[]
  windows: AnomalyWindow[]
}

/** The series of the Numenta Anomaly Benchmark in a folder with its windows.json; empty where there is no such folder. */
export function readNabCorpus(folder: string): LabelledSeries[] {
  const windowsFile = path.join(folder, 'windows.json')
  if (!existsSync(windowsFile)) return []
  const labels = JSON.parse(readFileSync(windowsFile, 'utf8')) as Record<string, [string, string][]>
  return Object.entries(labels).map(([name, windows]) => {
    const lines = readFileSync(path.join(folder, name), 'utf8').trim().split(/\r?\n/).slice(1)
    const rows = lines.map((line) => line.split(',') as [string, string])
    const seconds = rows.map(([time]) => secondsOf(time))
    return {
      name: name.replace(/^.*\//, '').replace('.csv', ''),
      seconds,
      values: rows.map(([, value]) => Number(value)),
      windows: windows.map(([from, to]) => {
        return { start: seconds.findIndex((at) => at >= secondsOf(from)), end: seconds.findLastIndex((at) => at <= secondsOf(to)) }
      }),
    }
  })
}

const secondsOf = (text: string) => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`) / 1000
