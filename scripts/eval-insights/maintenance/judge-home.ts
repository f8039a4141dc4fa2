import type { MaintenanceType } from '@/lib/contracts/maintenance'
import { judgeAsset } from '@/lib/insights/maintenance/judge-asset'
import { ALWAYS_ON, SIGNATURES_OF } from '@/lib/insights/maintenance/signatures'
import type { SimulatedHome } from './simulated-weeks'

/** An entry as the list had it in some week. Unix seconds. */
export interface Said {
  nowSeconds: number
  type: MaintenanceType
  at: number
  from: number
  to: number
}

/** F1 as published of the two appliances; the gate lets both pass. */
const ACCURACY = { refrigerator: 0.71, washingMachine: 0.52, alwaysOn: 1 }

/** What the list says of a home after its first `weeks`. */
export function judgeHome(home: SimulatedHome, weeks: number, nowSeconds: number): Said[] {
  const assets = [
    { key: 'refrigerator', signatures: SIGNATURES_OF.Refrigerator ?? [] },
    { key: 'washingMachine', signatures: SIGNATURES_OF.WashingMachine ?? [] },
    { key: 'alwaysOn', signatures: [ALWAYS_ON] },
  ] as const
  return assets.flatMap(({ key, signatures }) => {
    const asset = { assetId: key, assetName: key, signatures, weeks: home[key].slice(0, weeks), accuracy: ACCURACY[key] }
    const { entry, signatures: reports } = judgeAsset(asset, { nowSeconds, timeZone: 'UTC' })
    const projection = reports.find(({ kind }) => kind === entry?.type)?.projection
    return entry && projection ? [{ nowSeconds, type: entry.type, at: projection.at, from: projection.from, to: projection.to }] : []
  })
}
