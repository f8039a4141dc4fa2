import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { VibrationSnapshot } from '@/lib/domain/vibration-snapshot'
import { BASELINE_SNAPSHOTS, LONG_SNAPSHOTS, vibrationFeatures } from '@/lib/insights/maintenance/vibration-features'
import type { VibrationModel } from '@/lib/insights/maintenance/vibration-model'

const EVERY = 10

/**
 * The shipped forests at run time on the bearings they were trained on: no figure of accuracy, only that features and graphs are
 * those of the training. It must be well below what left-out bearings give.
 */
export async function checkShippedModel(model: VibrationModel, dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'vibration/femto_learning_features.csv.gz')
  if (!existsSync(file)) return `The shipped model was not checked: there is no ${file}.`
  const bearings = await readBearings(file)
  let [error, count] = [0, 0]
  for (const snapshots of bearings.values()) {
    for (let end = BASELINE_SNAPSHOTS; end <= snapshots.length; end += EVERY) {
      const recent = snapshots.slice(Math.max(0, end - LONG_SNAPSHOTS), end)
      const { remainingShare } = await model.judge(vibrationFeatures(snapshots.slice(0, BASELINE_SNAPSHOTS), recent))
      error += Math.abs(remainingShare - (1 - end / snapshots.length))
      count++
    }
  }
  return (
    `The shipped model at run time on the bearings it was trained on (a check of features and graphs, no figure of accuracy): ` +
    `${(error / count).toFixed(3)} of life over ${count} moments of ${bearings.size} bearings.`
  )
}

async function readBearings(file: string): Promise<Map<string, VibrationSnapshot[]>> {
  const text = (await promisify(gunzip)(await readFile(file))).toString()
  const [header, ...lines] = text.trim().split('\n').map((line) => line.split(','))
  const column = (name: string) => header?.indexOf(name) ?? -1
  const bearings = new Map<string, VibrationSnapshot[]>()
  for (const cells of lines) {
    const number = (name: string) => Number(cells[column(name)])
    const name = cells[column('bearing')] ?? ''
    const snapshot = {
      timestamp: number('t_s'),
      rmsHorizontal: number('rms_h'),
      kurtosisHorizontal: number('kurt_h'),
      peakHorizontal: number('peak_h'),
      rmsVertical: number('rms_v'),
      kurtosisVertical: number('kurt_v'),
      peakVertical: number('peak_v'),
    }
    bearings.set(name, [...(bearings.get(name) ?? []), snapshot])
  }
  return bearings
}
