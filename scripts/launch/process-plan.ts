import path from 'node:path'
import { env } from '@/lib/env'
import { DEMO_HOME } from '@/lib/simulation/demo-home'
import type { ChildPlan } from './children'

/** Every process of the application, in the order they start. */
export function processPlan(root: string, development: boolean): ChildPlan[] {
  const { HOST, PORT, DEMO, MQTT_URL } = env()
  const next = path.join(root, 'node_modules/next/dist/bin/next')
  const plans: ChildPlan[] = [
    {
      name: 'inference worker',
      file: bundleOf(root, 'workers/inference/main'),
      args: ['--mode', 'subscriber', '--building-id', '*'],
      // The last to stop, and long enough to store what it has taken in.
      stopRank: 2,
      stopMilliseconds: 15_000,
    },
    { name: 'learning worker', file: bundleOf(root, 'workers/learning/main'), args: [], stopRank: 1, stopMilliseconds: 4_000 },
    { name: 'jobs worker', file: bundleOf(root, 'workers/jobs/main'), args: [], stopRank: 1, stopMilliseconds: 8_000 },
    { name: 'gateway', file: bundleOf(root, 'workers/gateway/main'), args: [], stopRank: 1, stopMilliseconds: 4_000 },
    {
      name: 'web',
      file: next,
      args: [development ? 'dev' : 'start', '-H', HOST, '-p', String(PORT)],
      environment: { NODE_ENV: development ? 'development' : 'production' },
      stopRank: 1,
      // Next waits for open connections, and browsers keep theirs.
      stopMilliseconds: 3_000,
    },
  ]
  if (MQTT_URL) {
    plans.push({ name: 'mqtt worker', file: bundleOf(root, 'workers/mqtt/main'), args: [], stopRank: 1, stopMilliseconds: 8_000 })
  }
  if (DEMO) {
    plans.push({
      name: 'producer',
      file: bundleOf(root, 'workers/producer/main'),
      args: ['--source', 'simulation', '--building-id', DEMO_HOME.building.id, '--speed', '1'],
      stopRank: 0,
      stopMilliseconds: 4_000,
    })
  }
  return plans
}

/** Where scripts/bundle.mjs put an entry. */
export const bundleOf = (root: string, entry: string): string => path.join(root, '.build', `${entry}.mjs`)
