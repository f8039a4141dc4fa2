// The contract of the older services' clients, a test a row, against the application that the browser tests run on.
import { expect, test } from '@playwright/test'
import { browserBaseUrl, browserRedisUrl } from '@/scripts/testing/test-settings.mjs'
import { rowsOf } from './contract/rows'
import { runRow, unknownNotBuilt } from './contract/run-rows'
import { World } from './contract/world'
import { ALLOWED_ORIGIN } from './global-setup'
import { ADMIN, VIEWER } from './log-in'

const redisUrl = browserRedisUrl()
const rows = rowsOf({ redisUrl })
const world = new World({
  baseUrl: browserBaseUrl(),
  user: VIEWER,
  admin: ADMIN,
  redisUrl,
  origin: ALLOWED_ORIGIN,
})

test.afterAll(() => world.close())

for (const row of rows) {
  test(`contract: ${row.name}`, async () => {
    test.setTimeout(240_000)
    const outcome = await runRow(row, world)
    expect(outcome.result, 'why' in outcome ? outcome.why : undefined).not.toBe('FAIL')
  })
}

test('contract: what is listed as not built is in the contract', () => {
  expect(unknownNotBuilt(rows)).toEqual([])
})
