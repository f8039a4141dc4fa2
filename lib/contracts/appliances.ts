/** The appliances WaveNILM estimates, in contract order: index in this tuple = index in model outputs, arrays and `appliance` columns. */
export const APPLIANCES = [
  'HeatPump',
  'Dishwasher',
  'WashingMachine',
  'Dryer',
  'Freezer',
  'Refrigerator',
  'ElectricOven',
  'Microwave',
  'ElectricKettle',
  'Computer',
  'Television',
] as const

export type Appliance = (typeof APPLIANCES)[number]

export const APPLIANCE_COUNT = APPLIANCES.length

/** What a person reads; the identifiers above are the wire spelling. */
export const APPLIANCE_LABELS: Record<Appliance, string> = {
  HeatPump: 'Heat pump',
  Dishwasher: 'Dishwasher',
  WashingMachine: 'Washing machine',
  Dryer: 'Dryer',
  Freezer: 'Freezer',
  Refrigerator: 'Refrigerator',
  ElectricOven: 'Electric oven',
  Microwave: 'Microwave',
  ElectricKettle: 'Kettle',
  Computer: 'Computer',
  Television: 'Television',
}
