import { APPLIANCES } from '@/lib/contracts/appliances'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { ShownEnergy } from '@/lib/domain/energy-counter'

/** Watts; null where an appliance has no model. */
export function powerState({ timestamp, total_power, other_watts, predictions }: PredictionMessage): Record<string, number | null> {
  return {
    timestamp,
    total: total_power,
    other: other_watts,
    ...Object.fromEntries(predictions.map(({ appliance, power_watts, available }) => [appliance, available ? power_watts : null])),
  }
}

/** kWh since the building was first told of. Rounded down, so that no rounding counts backwards. */
export function energyState({ drawnWh, fedInWh, otherWh, applianceWh }: ShownEnergy): Record<string, number> {
  return {
    drawn: toKwh(drawnWh),
    fed_in: toKwh(fedInWh),
    other: toKwh(otherWh),
    ...Object.fromEntries(APPLIANCES.map((appliance, index) => [appliance, toKwh(applianceWh[index] ?? 0)])),
  }
}

const toKwh = (wh: number) => Math.floor(wh) / 1000
