import type { Random } from '@/lib/simulation/random'

const KELVIN = 273.15
const EFFICIENCY_OF_CARNOT = 0.43

/** An air-to-water heat pump with an inverter and the house it heats. Thermal watts unless a name says otherwise. */
export interface Plant {
  houseLossWattsPerKelvin: number
  /** Outdoor temperature from which sun and people heat enough. */
  heatingLimitCelsius: number
  /** What the inverter can throttle down to, and give, at 7 °C. */
  leastWatts: number
  mostWatts: number
  tankLitres: number
  pumpElectricWatts: number
  fanElectricWatts: number
  standbyElectricWatts: number
}

export function drawPlant(random: Random): Plant {
  return {
    houseLossWattsPerKelvin: random.between(90, 150),
    heatingLimitCelsius: random.between(14.5, 16.5),
    leastWatts: random.between(2300, 3000),
    mostWatts: random.between(5500, 7500),
    tankLitres: random.between(140, 220),
    pumpElectricWatts: random.between(28, 55),
    fanElectricWatts: random.between(28, 60),
    standbyElectricWatts: random.between(6, 12),
  }
}

/** Heat out per electricity in, as a share of Carnot's limit between outdoor air and flow. */
export function coefficientOfPerformance(outdoorCelsius: number, flowCelsius: number): number {
  const lift = Math.max(16, flowCelsius - outdoorCelsius + 6)
  return Math.max(1.5, Math.min(6, (EFFICIENCY_OF_CARNOT * (flowCelsius + KELVIN)) / lift))
}

/** Weather compensation: the colder outside, the warmer the water in the floor. */
export function flowCelsius(outdoorCelsius: number): number {
  return Math.max(27, Math.min(46, 37.5 - 0.65 * outdoorCelsius))
}

/** Air holds less heat when cold: capacity falls with the outdoor temperature. */
export function capacityShare(outdoorCelsius: number): number {
  return Math.max(0.55, Math.min(1.25, 1 + 0.022 * (outdoorCelsius - 7)))
}
