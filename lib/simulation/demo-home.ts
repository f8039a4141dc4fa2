/** The home the demo shows. Its price is an example of a flat household tariff. */
export const DEMO_HOME = {
  seed: 17,
  site: { id: 'site_demo', name: 'Demo home', timeZone: 'Europe/Berlin', currency: 'EUR', pricePerKwh: 0.32 },
  building: { id: 'building_1', name: 'Main meter' },
} as const
