import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const NAMES = ['REDIS_URL', 'REDIS_HOST', 'REDIS_PORT', 'DATABASE_URL', 'SHARD_COUNT'] as const
type Settings = Partial<Record<(typeof NAMES)[number], string>>

async function openWith(settings: Settings) {
  for (const name of NAMES) vi.stubEnv(name, settings[name])
  vi.stubEnv('LOG_LEVEL', 'silent')
  const { openLiveStore } = await import('@/lib/live/open')
  const store = openLiveStore()
  await store.close()
  return store
}

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllEnvs())

const DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/none'

it.each<[string, Settings]>([
  ['redis', { REDIS_URL: 'redis://127.0.0.1:1', DATABASE_URL }],
  ['redis', { REDIS_HOST: '127.0.0.1', REDIS_PORT: '1', DATABASE_URL }],
  ['postgres', { DATABASE_URL }],
  ['postgres', { DATABASE_URL, REDIS_URL: '' }],
])('is on %s with %j, without waiting for the server', async (kind, settings) => {
  expect((await openWith({ ...settings, SHARD_COUNT: '3' })).shardCount).toBe(3)
  vi.resetModules()
  expect((await openWith(settings)).kind).toBe(kind)
})

it('says which settings are missing when there is neither', async () => {
  await expect(openWith({})).rejects.toThrow(/REDIS_URL.*DATABASE_URL/)
})
