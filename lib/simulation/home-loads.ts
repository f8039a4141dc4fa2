import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { createComputer } from './appliances/computer'
import { createDishwasher } from './appliances/dishwasher'
import { createDryer } from './appliances/dryer'
import { createElectricOven } from './appliances/electric-oven'
import { createFreezer } from './appliances/freezer'
import { createHeatPump } from './appliances/heat-pump'
import { createKettle } from './appliances/kettle'
import { createMicrowave } from './appliances/microwave'
import { createRefrigerator } from './appliances/refrigerator'
import { createTelevision } from './appliances/television'
import { createWashingMachine } from './appliances/washing-machine'
import { createHeatingCircuit } from './background/heating-circuit'
import {
  createChargers,
  createHairDryer,
  createIron,
  createUnknownLoads,
  createVacuumCleaner,
} from './background/household-devices'
import { createLighting } from './background/lighting'
import { createCoffeeMachine, createCookerHood, createHob, createToaster } from './background/small-kitchen'
import { createStandby } from './background/standby'
import { RESISTIVE, type ApplianceModel, type HomeContext, type Load } from './load'

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
