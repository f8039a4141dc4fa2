import { type Appliance, APPLIANCES } from '@/lib/contracts/appliances'
import type { Subject } from '@/lib/contracts/assistant'

/** How a plan of the embedded model calls the appliances: one short word each. */
const APPLIANCE_WORDS: Record<Appliance, string> = {
  HeatPump: 'heatpump',
  Dishwasher: 'dishwasher',
  WashingMachine: 'washer',
  Dryer: 'dryer',
  Freezer: 'freezer',
  Refrigerator: 'fridge',
  ElectricOven: 'oven',
  Microwave: 'microwave',
  ElectricKettle: 'kettle',
  Computer: 'computer',
  Television: 'tv',
}

export const PLAN_APPLIANCES: readonly string[] = APPLIANCES.map((appliance) => APPLIANCE_WORDS[appliance])
const byWord = new Map(APPLIANCES.map((appliance) => [APPLIANCE_WORDS[appliance], appliance]))

/** Throws where the word names no appliance. */
export function applianceOf(word: string): Appliance {
  const appliance = byWord.get(word)
  if (!appliance) throw new Error(`no appliance is called ${word} in a plan`)
  return appliance
}

export function subjectOf(word: string): Subject {
  return word === 'total' || word === 'other' ? word : applianceOf(word)
}

export function wordOf(subject: Subject): string {
  return subject === 'total' || subject === 'other' ? subject : APPLIANCE_WORDS[subject]
}
