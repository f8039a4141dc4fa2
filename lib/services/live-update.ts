import { APPLIANCES } from '@/lib/contracts/appliances'
import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { Sample } from '@/lib/contracts/sample'
import type { Sequencer } from '@/lib/ingest/sequencer'
import type { LiveUpdate } from '@/lib/live/live-store'
import type { ModelDescription, PushResult, SecondEstimate } from '@/lib/nilm/session-types'

/** Who publishes. */
export interface Publisher {
  engine: { model: ModelDescription }
  worker: string
  windowSeconds: number
  rejectedSamples(buildingId: string): number
}

/** What is published of one push: prediction, status and the seconds for the live window. */
export function toLiveUpdate(
  buildingId: string,
  newest: Sample,
  latest: SecondEstimate,
  result: PushResult,
  options: Publisher,
  counts: Pick<Sequencer, 'duplicates' | 'late'>,
): LiveUpdate {
  const { model } = options.engine
  const nowSeconds = Date.now() / 1000
  const message = toPrediction(buildingId, newest, latest, result, model, options.windowSeconds)
  const status: BufferStatus = {
    building_id: buildingId,
    buffer_size: result.bufferSeconds,
    window_size: options.windowSeconds,
    ready: message.ready,
    fill_percent: round((100 * result.bufferSeconds) / options.windowSeconds, 1),
    last_sample_time: newest.timestampSeconds,
    last_inference_time: round(nowSeconds, 3),
    lag_seconds: round(nowSeconds - newest.timestampSeconds, 3),
    model_version: model.version,
    meter_interval_seconds: result.meterIntervalSeconds,
    duplicate_samples: counts.duplicates,
    late_samples: counts.late,
    rejected_samples: options.rejectedSamples(buildingId),
    worker: options.worker,
  }
  return { message, status, points: result.provisional.map(toWindowPoint) }
}

function toPrediction(
  buildingId: string,
  newest: Sample,
  latest: SecondEstimate,
  result: PushResult,
  model: ModelDescription,
  windowSeconds: number,
): PredictionMessage {
  const totalPower = round(latest.totalWatts, 1)
  const predictions = APPLIANCES.map((appliance, index) => {
    const estimate = latest.appliances[index]
    const described = model.appliances[index]
    return {
      appliance,
      power_watts: floor(estimate?.powerWatts ?? 0, 1),
      probability: round(estimate?.probability ?? 0, 4),
      is_on: estimate?.isOn ?? false,
      confidence: round(estimate?.confidence ?? 0, 4),
      available: described?.available ?? false,
      experimental: described?.experimental ?? true,
    }
  })
  const sum = predictions.reduce((watts, prediction) => watts + prediction.power_watts, 0)
  return {
    timestamp: latest.timestampSeconds,
    window_start: latest.timestampSeconds - windowSeconds,
    window_end: latest.timestampSeconds,
    total_power: totalPower,
    inference_time_ms: round(result.inferenceMilliseconds, 2),
    predictions,
    building_id: buildingId,
    other_watts: round(totalPower - sum, 1),
    model_version: model.version,
    ready: result.bufferSeconds >= windowSeconds,
    simulated: newest.source === 'simulation',
  }
}

const toWindowPoint = (second: SecondEstimate): WindowPoint => [
  second.timestampSeconds,
  round(second.totalWatts, 1),
  ...second.appliances.map((estimate) => floor(estimate.powerWatts, 1)),
  round(second.otherWatts, 1),
]

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits
/** Rounded down, so that eleven rounded values cannot exceed a total their exact ones did not. */
const floor = (value: number, digits: number) => Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits
