import { withoutAppliances } from '@/lib/simulation/profile'

/**
 * The home the demo shows. Its price is an example of a flat household tariff. It has no heat pump: that would be half of its energy,
 * and the networks, which saw none on real mains, find half of it.
 */
export const DEMO_HOME = {
  seed: 17,
  profile: { owned: withoutAppliances('HeatPump') },
  site: { id: 'site_demo', name: 'Demo home', timeZone: 'Europe/Berlin', currency: 'EUR', pricePerKwh: 0.32 },
  building: { id: 'building_1', name: 'Main meter' },
} as const
