import { describe, expect, it, vi } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { createBlock } from '@/lib/simulation/block'
import { createHome, type SimulatedHome } from '@/lib/simulation/home'
import type { Run } from '@/lib/simulation/load'

// Days of seconds are computed here, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

const WINTER_SECONDS = Date.parse('2026-01-05T00:00:00Z') / 1000
const SUMMER_SECONDS = Date.parse('2026-07-06T00:00:00Z') / 1000
const WEEK_SECONDS = 7 * 86_400

const homeOf = (seed: number, startTimestampSeconds = WINTER_SECONDS): SimulatedHome =>
  createHome({ seed, startTimestampSeconds, timeZone: 'Europe/Berlin' })

function runs(home: SimulatedHome, appliance: Appliance, seconds: number): readonly Run[] {
  const from = home.positionSeconds
  return home.appliances[APPLIANCES.indexOf(appliance)]!.runs(from, from + seconds)
}

function runsOfHomes(appliance: Appliance, homes: number, weeks: number): Run[] {
  return Array.from({ length: homes }, (_, seed) => runs(homeOf(seed), appliance, weeks * WEEK_SECONDS)).flat()
}

const seconds = (run: Run, names: (phase: Run['phases'][number]) => boolean) =>
  run.phases.filter(names).reduce((sum, phase) => sum + phase.endSeconds - phase.startSeconds, 0)
const heatingSeconds = (run: Run) => seconds(run, (phase) => phase.heating)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('cold appliances', () => {
  for (const appliance of ['Refrigerator', 'Freezer'] as const) {
    it(`${appliance}: the compressor runs a larger share of the time in a warmer kitchen`, () => {
      const duty = (seed: number, start: number) =>
        (mean(
          runs(homeOf(seed, start), appliance, 2 * WEEK_SECONDS).map((run) =>
            seconds(run, (phase) => phase.name === 'compressor'),
          ),
        ) *
          runs(homeOf(seed, start), appliance, 2 * WEEK_SECONDS).length) /
        (2 * WEEK_SECONDS)
      for (let seed = 0; seed < 8; seed += 1) {
        const winter = duty(seed, WINTER_SECONDS)
        expect(duty(seed, SUMMER_SECONDS)).toBeGreaterThan(winter * 1.03)
        expect(winter).toBeGreaterThan(0.15)
        expect(winter).toBeLessThan(0.75)
      }
    })

    it(`${appliance}: cycles follow one another without overlaps or odd pauses, also where two simulated weeks meet`, () => {
      for (let seed = 0; seed < 6; seed += 1) {
        const cycles = runs(homeOf(seed), appliance, 4 * WEEK_SECONDS)
        const on = cycles.map((cycle) => cycle.phases[0]!.endSeconds - cycle.startSeconds)
        const off = cycles.slice(1).map((cycle, index) => cycle.startSeconds - cycles[index]!.phases[0]!.endSeconds)
        expect(Math.min(...on)).toBeGreaterThan(120)
        expect(Math.max(...on)).toBeLessThan(4 * 3600)
        expect(Math.min(...off)).toBeGreaterThan(180)
        expect(Math.max(...off)).toBeLessThan(4 * mean(off))
      }
    })
  }

  it('start with a surge and draw less towards the end of a cycle', () => {
    const home = homeOf(4)
    const block = createBlock(86_400)
    const cycles = runs(home, 'Refrigerator', 86_400).filter((run) => run.startSeconds > home.positionSeconds)
    home.fill(86_400, block)
    const watts = block.applianceWatts[APPLIANCES.indexOf('Refrigerator')]!
    const at = (t: number) => watts[Math.floor(t) + 1 - block.startTimestampSeconds]!
    const surges = cycles
      .slice(0, -1)
      .map((run) => Math.max(at(run.startSeconds), at(run.startSeconds + 1)) / at(run.startSeconds + 60))
    expect(Math.max(...surges)).toBeGreaterThan(2)
    for (const run of cycles.slice(0, -1)) expect(at(run.phases[0]!.endSeconds - 30)).toBeLessThan(at(run.startSeconds + 20))
  })
})

describe('programmes', () => {
  const heated: [Appliance, (programme: string) => boolean][] = [
    ['Dishwasher', () => true],
    ['WashingMachine', () => true],
    ['Dryer', () => true],
    ['ElectricOven', () => true],
    ['Microwave', () => true],
    ['ElectricKettle', () => true],
  ]
  for (const [appliance] of heated) {
    it(`${appliance}: every run has its heating phases and leaves no hole between phases`, () => {
      const all = runsOfHomes(appliance, 8, 4)
      expect(all.length).toBeGreaterThan(20)
      for (const run of all) {
        expect(heatingSeconds(run), run.programme).toBeGreaterThan(10)
        run.phases.slice(1).forEach((phase, index) => expect(phase.startSeconds).toBe(run.phases[index]!.endSeconds))
        expect(run.phases.at(-1)!.endSeconds).toBe(run.endSeconds)
      }
    })
  }

  it('a dishwasher heats twice: for the main wash and for the last rinse', () => {
    for (const run of runsOfHomes('Dishwasher', 4, 4)) {
      expect(run.phases.filter((phase) => phase.heating).map((phase) => phase.name)).toEqual([
        'heat main wash',
        'heat last rinse',
      ])
    }
  })

  it('a hotter wash heats longer and all of them end with the final spin', () => {
    const washes = runsOfHomes('WashingMachine', 20, 8)
    const heating = (programme: string) => mean(washes.filter((run) => run.programme === programme).map(heatingSeconds))
    expect(heating('cotton 60')).toBeGreaterThan(1.4 * heating('cotton 40'))
    expect(heating('cotton 40')).toBeGreaterThan(1.3 * heating('quick 30'))
    for (const run of washes) expect(run.phases.slice(-2).map((phase) => phase.name)).toEqual(['final spin', 'loosen'])
  })

  it('a kettle takes the time its fill needs: 15 s to 6 min', () => {
    for (const run of runsOfHomes('ElectricKettle', 8, 2)) {
      expect(run.endSeconds - run.startSeconds).toBeGreaterThan(15)
      expect(run.endSeconds - run.startSeconds).toBeLessThan(360)
    }
  })

  it('an oven heats all the time first and then in turns', () => {
    for (const run of runsOfHomes('ElectricOven', 6, 4)) {
      const [preheat] = run.phases
      expect(preheat!.name).toBe('preheat')
      expect(preheat!.endSeconds - preheat!.startSeconds).toBeGreaterThan(240)
      expect(run.phases.filter((phase) => phase.name === 'hold').length).toBeGreaterThan(2)
    }
  })
})

describe('the heat pump', () => {
  it('uses more the colder it is and only heats water in summer', () => {
    const daily = (start: number) => {
      const home = homeOf(3, start)
      const block = createBlock(3 * 86_400)
      home.fill(3 * 86_400, block)
      return block.applianceWatts[0]!.reduce((sum, watts) => sum + watts, 0) / 3.6e6 / 3
    }
    expect(daily(WINTER_SECONDS)).toBeGreaterThan(3 * daily(SUMMER_SECONDS))
    expect(daily(SUMMER_SECONDS)).toBeGreaterThan(0.5)
    const summer = runs(homeOf(3, SUMMER_SECONDS), 'HeatPump', WEEK_SECONDS)
    expect(summer.every((run) => run.programme === 'hot water')).toBe(true)
  })

  it('defrosts in frosty weather, never in summer', () => {
    const defrosts = (start: number) =>
      Array.from({ length: 5 }, (_, seed) => runs(homeOf(seed, start), 'HeatPump', 2 * WEEK_SECONDS))
        .flat()
        .filter((run) => run.phases.some((phase) => phase.name === 'defrost')).length
    expect(defrosts(WINTER_SECONDS)).toBeGreaterThan(20)
    expect(defrosts(SUMMER_SECONDS)).toBe(0)
  })
})
