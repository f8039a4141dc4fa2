import { sustainLoad, type SustainedResult } from './sustained-load'

/** Published lag, in seconds, up to which a load counts as sustained. */
const SUSTAINED_LAG_SECONDS = 3
const PROBE_SECONDS = 12

/**
 * How many buildings at 1 Hz this machine carries, generator, Redis, PostgreSQL and one worker on the same cores: short probes
 * find the neighbourhood, then one run of `seconds` proves it.
 */
export async function benchSustained(seconds: number, buildingCounts: readonly number[]): Promise<void> {
  console.log(`\nBuildings at 1 Hz with Redis, PostgreSQL and one worker on this machine, ${seconds} s`)
  let carried: number | null = null
  for (const buildings of buildingCounts) {
    const probe = await sustainLoad(buildings, PROBE_SECONDS)
    if (!probe) {
      console.log('  not measured: there is no redis-server or valkey-server on the PATH')
      return
    }
    print('probe', probe)
    if (!isSustained(probe)) break
    carried = buildings
  }
  if (carried === null) return
  const proof = await sustainLoad(carried, seconds)
  if (proof) print(isSustained(proof) ? 'sustained' : 'NOT sustained', proof)
}

const isSustained = (result: SustainedResult) =>
  result.finalLagSeconds <= SUSTAINED_LAG_SECONDS && result.stored === result.sent

function print(label: string, result: SustainedResult): void {
  const { buildings, seconds, openingSeconds, lagSeconds, finalLagSeconds, stored, sent } = result
  const kibPerBuilding = (result.workerBytesPerBuilding / 1024).toFixed(0)
  console.log(
    `  ${label.padEnd(13)} ${String(buildings).padStart(5)} buildings opened in ${openingSeconds.toFixed(0)} s, then ${seconds} s: ` +
      `lag p50 ${lagSeconds.p50.toFixed(2)} s, p95 ${lagSeconds.p95.toFixed(2)} s, at the end ${finalLagSeconds.toFixed(2)} s; ` +
      `stored ${stored} of ${sent}; worker ${(100 * result.workerCpuShare).toFixed(0)} % of a core, ` +
      `${result.workerMsPerReading.toFixed(2)} ms a reading, ${kibPerBuilding} KiB a building`,
  )
}
