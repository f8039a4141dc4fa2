import { DEFAULT_TIME_ZONE } from '@/lib/simulation/calendar'
import { DEMO_HOME } from '@/lib/simulation/demo-home'
import type { HomeProfile } from '@/lib/simulation/profile'
import { seedOfBuilding } from '@/lib/simulation/random'

export interface SimulatedHomeChoice {
  seed: number
  profile: Partial<HomeProfile>
  timeZone: string
}

/**
 * The simulated home behind a building id. History and live feed come from different processes and must mean the same home,
 * so both ask here.
 */
export function homeOfBuilding(buildingId: string): SimulatedHomeChoice {
  const { building, seed, profile, site } = DEMO_HOME
  if (buildingId === building.id) return { seed, profile, timeZone: site.timeZone }
  return { seed: seedOfBuilding(buildingId), profile: {}, timeZone: DEFAULT_TIME_ZONE }
}
