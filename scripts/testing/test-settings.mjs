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
