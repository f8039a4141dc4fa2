import type { ToolName } from '@/lib/contracts/assistant'

/** What each tool is for, as a language model reads it. */
export const TOOL_DESCRIPTIONS: Readonly<Record<ToolName, string>> = {
  power_now: 'Power drawn this moment, in W: the whole building, or one appliance.',
  energy_use:
    'Energy (kWh), cost or CO2 of a period; of the whole meter, of one appliance, or of what no appliance explains; split by ' +
    'appliance ("what used the most?"), room, hour, day or month.',
  compare_periods: 'One period against another, and which appliances made the difference ("why is my bill up?").',
  peak_demand: 'The highest quarter of an hour of a period, and what was on then.',
  runs: 'Runs of one appliance in a period: how many, how long, the last, the first, a list, or what they cost.',
  always_on: 'What is never off (standby and base load), over a period.',
  appliance_state: 'Whether an appliance is on, since when, and whether it behaves as it used to ("is the fridge all right?").',
  electrical_quality: 'Voltage, frequency, power factor and harmonic distortion over a period.',
  devices: 'Devices with meters of their own, and their clusters.',
  site_facts: 'Facts of the site: tariff and price, location, time zone, buildings, rooms.',
  coverage: 'How much of a period was measured, and how fresh the data are.',
  forecast:
    'Expected energy and cost of the next hours or days with the interval it lies in, and the highest hour ("how much will I use ' +
    'tomorrow?" is 48 hours).',
  anomalies:
    'What looked wrong in a period, with what was expected, how far it is from that and how urgent it is ("is anything wrong?").',
  maintenance: 'What of appliances and equipment rises towards its limit, and when it reaches it, with the earliest and latest date.',
  savings: 'What to change or move and what it would have saved; with an appliance, when a run costs least today and tomorrow.',
}
