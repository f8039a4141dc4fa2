import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty PostgreSQL database of this test run; tests share it, so they make their own ids. */
    databaseUrl: string
    /** A Redis server of this test run; '' where the machine has none. */
    redisUrl: string
  }
}
