import type { Appliance } from '@/lib/contracts/appliances'

/** OKLCH of the light theme: lightness 0..1, chroma, hue in degrees. */
export interface OklchColor {
  lightness: number
  chroma: number
  hueDegrees: number
}

/**
 * Fixed for ever to their appliance. Lightness stays in one narrow band so that no appliance shouts, and moves within it only as
 * far as people who see red and green alike need it to tell neighbours in the stack apart.
 */
export const APPLIANCE_COLORS: Record<Appliance, OklchColor> = {
  HeatPump: { lightness: 0.53, chroma: 0.098, hueDegrees: 62 },
  Dishwasher: { lightness: 0.68, chroma: 0.101, hueDegrees: 241 },
  WashingMachine: { lightness: 0.53, chroma: 0.117, hueDegrees: 259 },
  Dryer: { lightness: 0.68, chroma: 0.145, hueDegrees: 342 },
  Freezer: { lightness: 0.576, chroma: 0.094, hueDegrees: 190 },
  Refrigerator: { lightness: 0.68, chroma: 0.143, hueDegrees: 165 },
  ElectricOven: { lightness: 0.632, chroma: 0.139, hueDegrees: 32 },
  Microwave: { lightness: 0.53, chroma: 0.155, hueDegrees: 3 },
  ElectricKettle: { lightness: 0.679, chroma: 0.119, hueDegrees: 94 },
  Computer: { lightness: 0.586, chroma: 0.152, hueDegrees: 128 },
  Television: { lightness: 0.611, chroma: 0.155, hueDegrees: 299 },
}

/** The same hues on a dark ground: lighter by a fixed step, a little less vivid. */
export function darkColor(color: OklchColor): OklchColor {
  return {
    lightness: Number((color.lightness + 0.14).toFixed(3)),
    chroma: Number((color.chroma * 0.92).toFixed(3)),
    hueDegrees: color.hueDegrees,
  }
}

export function cssColor({ lightness, chroma, hueDegrees }: OklchColor): string {
  return `oklch(${lightness} ${chroma} ${hueDegrees})`
}

/** A band of the stack: an appliance, or the rest of the meter. */
export type Series = Appliance | 'other'

/**
 * Bottom to top. What runs all day lies low, what comes in bursts lies high, so that a kettle does not lift every other band.
 */
export const STACK_ORDER = [
  'other',
  'Freezer',
  'Refrigerator',
  'Computer',
  'Television',
  'HeatPump',
  'Dishwasher',
  'WashingMachine',
  'Dryer',
  'ElectricOven',
  'Microwave',
  'ElectricKettle',
] as const satisfies readonly Series[]

/** The CSS variable that app/globals.css sets for the theme in use. */
export function seriesColor(series: Series): string {
  return `var(--appliance-${series})`
}
