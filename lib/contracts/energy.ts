import { z } from 'zod'
import { APPLIANCES } from './appliances'

const unixSeconds = z.number()
const share = z.number().min(0).max(1)

export const ENERGY_GRANULARITIES = ['hour', 'day', 'month'] as const
export const ENERGY_GROUPINGS = ['appliance', 'room'] as const
export type EnergyGrouping = (typeof ENERGY_GROUPINGS)[number]

/** A share of the meter. */
export const energyItemSchema = z.object({
  key: z.string(),
  energyKwh: z.number(),
  /** Without the standing charge; null where the price is not known. */
  cost: z.number().nullable(),
  co2Kg: z.number().nullable(),
})

/** null where nothing was measured. Items add up to energyKwh and, in money, to energyCost. */
export const energySumSchema = z.object({
  /** Drawn minus fed in. */
  energyKwh: z.number().nullable(),
  importedKwh: z.number().nullable(),
  exportedKwh: z.number().nullable(),
  /** After the credit for what was fed in. */
  energyCost: z.number().nullable(),
  standingCharge: z.number(),
  /** Energy and standing charge. */
  cost: z.number().nullable(),
  /** Of the energy drawn. */
  co2Kg: z.number().nullable(),
  /** Share of the elapsed time that was measured. */
  coverage: share,
  /** Share of the energy whose price is known; costs leave out the rest. */
  pricedShare: share,
  carbonShare: share,
  /** Those that have energy. */
  items: z.array(energyItemSchema),
})
export type EnergySumAnswer = z.infer<typeof energySumSchema>

export const energyBucketSchema = energySumSchema.extend({ from: unixSeconds, to: unixSeconds })
export type EnergyBucket = z.infer<typeof energyBucketSchema>

export const energyItemInfoSchema = z.object({
  key: z.string(),
  /** unassigned: appliances without a room. other: what no appliance explains. export: fed in, counted negative. */
  kind: z.enum(['appliance', 'room', 'unassigned', 'other', 'export']),
  label: z.string(),
  appliance: z.enum(APPLIANCES).optional(),
  /** Appliances are estimated from the total, the total is measured. */
  isEstimated: z.boolean(),
  /** Of an appliance whose estimates were not measured well enough on real homes. */
  isExperimental: z.boolean(),
})

export const peakDemandSchema = z.object({
  /** Highest mean over a quarter of an hour. */
  powerWatts: z.number(),
  startedAt: unixSeconds,
})

export const energyReportSchema = z.object({
  siteId: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  /** Unix seconds, half open. */
  from: unixSeconds,
  to: unixSeconds,
  granularity: z.enum(ENERGY_GRANULARITIES),
  by: z.enum(ENERGY_GROUPINGS),
  /** Whether any of it comes from the built-in simulator. */
  isSimulated: z.boolean(),
  /** null where the site was never measured. */
  firstReadingAt: unixSeconds.nullable(),
  peak: peakDemandSchema.nullable(),
  /** What the keys of items stand for, largest first. */
  items: z.array(energyItemInfoSchema),
  total: energySumSchema,
  buckets: z.array(energyBucketSchema),
})
export type EnergyReport = z.infer<typeof energyReportSchema>
export type EnergyItemInfo = z.infer<typeof energyItemInfoSchema>

export const roomsSchema = z.object({
  rooms: z
    .array(
      z.object({
        buildingId: z.string(),
        appliance: z.enum(APPLIANCES),
        room: z.string().trim().min(1).max(60),
      }),
    )
    .max(2000)
    .refine(
      (rooms) => new Set(rooms.map(({ buildingId, appliance }) => `${buildingId} ${appliance}`)).size === rooms.length,
      'Each appliance of a building can stand in one room only.',
    ),
})
export type Rooms = z.infer<typeof roomsSchema>

export const alwaysOnSchema = z.object({
  powerWatts: z.number(),
  /** Over a month of mean length, at the prices of the tariff that holds now; null where they are not known. */
  costPerMonth: z.number().nullable(),
  /** The tariff that holds now; null where none is entered, and the site's plain price holds. */
  tariffName: z.string().nullable(),
  /** Days that were measured well enough to count. */
  days: z.number().int(),
})
export type AlwaysOn = z.infer<typeof alwaysOnSchema>

const qualityValue = z.number().nullable()

export const siteMetricsSchema = z.object({
  siteId: z.string(),
  timestamp: unixSeconds,
  timeZone: z.string(),
  currency: z.string(),
  power: z.object({
    /** Of all buildings; null while none sends. */
    totalWatts: z.number().nullable(),
    /** Estimated; in the order of the appliances. */
    appliances: z.array(
      z.object({ appliance: z.enum(APPLIANCES), powerWatts: z.number(), isOn: z.boolean(), isExperimental: z.boolean() }),
    ),
    otherWatts: z.number().nullable(),
    /** Of the newest reading; null where there never was one. */
    measuredAt: unixSeconds.nullable(),
  }),
  energy: z.object({
    todayKwh: z.number().nullable(),
    monthKwh: z.number().nullable(),
    todayCoverage: share,
    monthCoverage: share,
  }),
  cost: z.object({
    today: z.number().nullable(),
    month: z.number().nullable(),
    /** What the next kWh costs; null where it is not known. */
    pricePerKwhNow: z.number().nullable(),
    perHourNow: z.number().nullable(),
  }),
  co2: z.object({ todayKg: z.number().nullable(), monthKg: z.number().nullable() }),
  peakThisMonth: peakDemandSchema.nullable(),
  alwaysOn: alwaysOnSchema.nullable(),
  /** Of the newest reading of each building, not older than five minutes; null where the meter does not send it. */
  powerQuality: z.array(
    z.object({
      buildingId: z.string(),
      measuredAt: unixSeconds,
      voltageVolts: qualityValue,
      currentAmps: qualityValue,
      powerFactor: qualityValue,
      reactivePowerVar: qualityValue,
      frequencyHertz: qualityValue,
      thdPercent: qualityValue,
    }),
  ),
})
export type SiteMetrics = z.infer<typeof siteMetricsSchema>
