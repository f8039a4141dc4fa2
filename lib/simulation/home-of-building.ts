import { DEFAULT_TIME_ZONE } from '@/lib/simulation/calendar'
import { DEMO_HOME } from '@/lib/simulation/demo-home'
import { seedOfBuilding } from '@/lib/simulation/random'

/**
 * The simulated home behind a building id. History and live feed come from different processes and must mean the same home,
 * so both ask here.
 */
export function homeOfBuilding(buildingId: string): { seed: number; timeZone: string } {
  if (buildingId === DEMO_HOME.building.id) return { seed: DEMO_HOME.seed, timeZone: DEMO_HOME.site.timeZone }
  return { seed: seedOfBuilding(buildingId), timeZone: DEFAULT_TIME_ZONE }
}
