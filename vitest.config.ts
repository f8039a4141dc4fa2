import path from 'node:path'
import { defineConfig } from 'vitest/config'

const alias = { '@': path.resolve(import.meta.dirname) }

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{lib,workers,components,scripts,app}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{integration,crash}.test.ts'],
          environment: 'node',
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['{lib,workers,scripts,app}/**/*.integration.test.ts'],
          globalSetup: ['scripts/testing/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'crash',
          include: ['workers/**/*.crash.test.ts'],
          globalSetup: ['scripts/testing/global-setup.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
})
