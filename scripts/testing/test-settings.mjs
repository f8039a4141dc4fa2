// What a test run may be told through its environment; the application itself reads only lib/env.ts.

/** @returns {{ databaseUrl: string | undefined, inCi: boolean }} */
export const testSettings = () => ({
  databaseUrl: process.env.TEST_DATABASE_URL || undefined,
  inCi: ['true', '1'].includes(process.env.CI ?? ''),
})

/** Where the browser tests find the application: their processes inherit it. */
export const provideBaseUrl = (address) => {
  process.env.E2E_BASE_URL = address
}

/** Where a meter of the browser tests publishes; undefined where there is no Redis. */
export const provideRedisUrl = (address) => {
  process.env.E2E_REDIS_URL = address ?? ''
}

/** Where tests of pages may write a home of their own. */
export const provideDatabaseUrl = (address) => {
  process.env.E2E_DATABASE_URL = address ?? ''
}

export const databaseUrl = () => process.env.E2E_DATABASE_URL ?? ''

/** @returns {string | undefined} */
export const browserRedisUrl = () => process.env.E2E_REDIS_URL || undefined

export const browserBaseUrl = () => process.env.E2E_BASE_URL ?? ''

/** How many random requests each route gets, and from which seed: `FUZZ_SEED=$RANDOM FUZZ_RUNS=5000` looks further. */
export const fuzzSettings = () => ({
  runs: Number(process.env.FUZZ_RUNS || 200),
  seed: Number(process.env.FUZZ_SEED || 1),
})
