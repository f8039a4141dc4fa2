import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './scripts/testing/find-programs.mjs'

const executablePath = findChromium(import.meta.dirname) ?? undefined

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  globalSetup: './e2e/global-setup.ts',
  // One application with one database and one simulated home serves all tests, on as little as two cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  // Everything on a desktop; on a phone with touch what is marked @phone.
  projects: [
    { name: 'desktop' },
    { name: 'phone', grep: /@phone/, use: devices['Pixel 7'] },
  ],
  use: {
    browserName: 'chromium',
    // Set by the global setup; every test process reads this file anew.
    baseURL: process.env.E2E_BASE_URL,
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
})
