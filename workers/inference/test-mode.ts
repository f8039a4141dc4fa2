import { APPLIANCE_LABELS, APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { env } from '@/lib/env'
import { createInProcessEngine } from '@/lib/nilm/in-process-engine'
import { createHome } from '@/lib/simulation/home'
import { sampleOf } from '@/lib/simulation/home-sample'
import { toLiveUpdate } from '@/lib/services/live-update'

const SEED = 1
/** A Wednesday in January, from 06:00 local time: breakfast and a wash fall into what is shown. */
const START_SECONDS = Date.UTC(2025, 0, 15, 5) / 1000
const SHOWN_SECONDS = 4 * 3600

/**
 * `--mode test`: runs a simulated household through the real models in this process and prints the predictions, without any
 * server, the true appliance power beside them.
 */
export async function runTestMode(): Promise<void> {
  const settings = env()
  const engine = await createInProcessEngine({
    modelDir: settings.MODEL_DIR,
    windowSeconds: settings.WINDOW_SIZE,
    device: settings.DEVICE,
  })
  const home = createHome({ seed: SEED, startTimestampSeconds: START_SECONDS, timeZone: 'Europe/Berlin' })
  const buildingId = settings.BUILDING_ID === '*' ? 'building_1' : settings.BUILDING_ID
  await engine.open(buildingId)
  if (engine.model.deviceNote) console.error(engine.model.deviceNote)
  console.log(`Simulated household, model ${engine.model.version}, a prediction every ${settings.INFERENCE_INTERVAL} s.`)
  for (let second = 0; second < SHOWN_SECONDS; second += settings.INFERENCE_INTERVAL) {
    const seconds = Array.from({ length: settings.INFERENCE_INTERVAL }, () => home.next())
    const readings = seconds.map(({ timestampSeconds, powerWatts }) => ({ timestampSeconds, powerWatts }))
    const result = await engine.push(buildingId, readings)
    const latest = result.provisional.at(-1)
    const truth = seconds.at(-1)
    if (!latest || !truth) continue
    const { message } = toLiveUpdate(
      buildingId,
      sampleOf(buildingId, truth),
      latest,
      result,
      { engine, worker: 'test', windowSeconds: settings.WINDOW_SIZE, rejectedSamples: () => 0 },
      { duplicates: 0, late: 0 },
    )
    console.log(JSON.stringify(message))
    const on = message.predictions.filter((prediction) => prediction.is_on)
    const trueWatts = (appliance: Appliance) => Math.round(truth.applianceWatts[APPLIANCES.indexOf(appliance)] ?? 0)
    const shown = on.map((p) => `${APPLIANCE_LABELS[p.appliance]} ${p.power_watts} W (true ${trueWatts(p.appliance)} W)`)
    const time = new Date(truth.timestampSeconds * 1000).toISOString()
    console.error(`${time} ${message.total_power} W: ${shown.join(', ') || 'nothing on'}, other ${message.other_watts} W`)
  }
  await engine.close()
}
