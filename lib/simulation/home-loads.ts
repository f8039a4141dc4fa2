import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { createComputer } from '@/lib/simulation/appliances/computer'
import { createDishwasher } from '@/lib/simulation/appliances/dishwasher'
import { createDryer } from '@/lib/simulation/appliances/dryer'
import { createElectricOven } from '@/lib/simulation/appliances/electric-oven'
import { createFreezer } from '@/lib/simulation/appliances/freezer'
import { createHeatPump } from '@/lib/simulation/appliances/heat-pump'
import { createKettle } from '@/lib/simulation/appliances/kettle'
import { createMicrowave } from '@/lib/simulation/appliances/microwave'
import { createRefrigerator } from '@/lib/simulation/appliances/refrigerator'
import { createTelevision } from '@/lib/simulation/appliances/television'
import { createWashingMachine } from '@/lib/simulation/appliances/washing-machine'
import { createHeatingCircuit } from '@/lib/simulation/background/heating-circuit'
import {
  createChargers,
  createHairDryer,
  createIron,
  createUnknownLoads,
  createVacuumCleaner,
} from '@/lib/simulation/background/household-devices'
import { createLighting } from '@/lib/simulation/background/lighting'
import { createCoffeeMachine, createCookerHood, createHob, createToaster } from '@/lib/simulation/background/small-kitchen'
import { createStandby } from '@/lib/simulation/background/standby'
import { RESISTIVE, type ApplianceModel, type HomeContext, type Load } from '@/lib/simulation/load'

const ABSENT: ApplianceModel = { electrical: RESISTIVE, runs: () => [], render: () => false }

/** The 11 in contract order; one the home does not own draws nothing, ever. */
export function createAppliances(home: HomeContext): ApplianceModel[] {
  const washing = createWashingMachine(home)
  const create: Record<Appliance, () => ApplianceModel> = {
    HeatPump: () => createHeatPump(home),
    Dishwasher: () => createDishwasher(home),
    WashingMachine: () => washing,
    Dryer: () => createDryer(home, washing),
    Freezer: () => createFreezer(home),
    Refrigerator: () => createRefrigerator(home),
    ElectricOven: () => createElectricOven(home),
    Microwave: () => createMicrowave(home),
    ElectricKettle: () => createKettle(home),
    Computer: () => createComputer(home),
    Television: () => createTelevision(home),
  }
  return APPLIANCES.map((appliance) => (home.profile.owned[appliance] ? create[appliance]() : ABSENT))
}

/** Everything else on the meter. */
export function createBackground(home: HomeContext): Load[] {
  return [
    createStandby(home),
    createLighting(home),
    createHeatingCircuit(home),
    createToaster(home),
    createCoffeeMachine(home),
    createCookerHood(home),
    createHob(home),
    createVacuumCleaner(home),
    createHairDryer(home),
    createIron(home),
    ...createChargers(home),
    ...createUnknownLoads(home),
  ]
}
