import { afterEach, expect, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { processPlan } from './process-plan'

afterEach(() => provideEnv({ MQTT_URL: '' }))

it('starts the MQTT worker where a broker is named, and nothing of MQTT otherwise', () => {
  const names = () => processPlan('/root', false).map(({ name }) => name)
  provideEnv({ MQTT_URL: '' })
  expect(names()).not.toContain('mqtt worker')
  provideEnv({ MQTT_URL: 'mqtt://127.0.0.1' })
  expect(names()).toContain('mqtt worker')
})
