import { prisma } from './prisma'

/** What reading a building takes along: the public fields and the key its time series are stored under. */
export const BUILDING_FIELDS = { id: true, key: true, name: true, simulated: true } as const

export interface BuildingRow {
  /** The public building_id of the Redis contract. */
  id: string
  /** Compact key of the time series. */
  key: number
  name: string
  simulated: boolean
}

export function countBuildings(): Promise<number> {
  return prisma().building.count()
}

/** Every building, whoever's. */
export function listBuildings(): Promise<BuildingRow[]> {
  return prisma().building.findMany({ select: BUILDING_FIELDS, orderBy: { key: 'asc' } })
}
