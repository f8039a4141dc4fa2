import { DateTime } from 'luxon'
import { loadVibrationModel } from '@/lib/insights/maintenance/vibration-model'
import { checkShippedModel } from './maintenance/check-shipped-model'
import { type Fault, simulateHome, type SimulatedHome } from './maintenance/simulated-weeks'
import { judgeHome, type Said } from './maintenance/judge-home'

const HOMES = 60
const WEEKS = 78
const ONSET_WEEK = 30
const WEEK_SECONDS = 7 * 86_400
const START = DateTime.fromISO('2025-01-06T00:00', { zone: 'UTC' }).toSeconds()
/** How much each fault adds a week, as a share of what is usual. */
const FAULTS: { fault: Fault; growth: number; types: readonly string[] }[] = [
  { fault: 'fridge duty', growth: 0.03, types: ['cooling_duty', 'cooling_cycle'] },
  { fault: 'fridge duty', growth: 0.015, types: ['cooling_duty', 'cooling_cycle'] },
  { fault: 'heating time', growth: 0.03, types: ['heating_time', 'energy_per_run'] },
  { fault: 'heating time', growth: 0.015, types: ['heating_time', 'energy_per_run'] },
  { fault: 'always-on', growth: 0.03, types: ['always_on'] },
  { fault: 'always-on', growth: 0.015, types: ['always_on'] },
]
/** How many times the usual is the limit of what rises with the fault. */
const LIMITS: Record<string, number> = { cooling_duty: 1.5, cooling_cycle: 2, heating_time: 1.4, energy_per_run: 1.4, always_on: 1.5 }

/** How good the maintenance list is: bearings left out one by one, and simulated homes with and without faults. */
export async function evaluate(dataDir: string): Promise<string> {
  return [await vibrationTable(dataDir), faultTable(), healthyTable()].join('\n\n')
}

async function vibrationTable(dataDir: string): Promise<string> {
  const model = await loadVibrationModel('models/vibration')
  const { folds } = model.manifest.leaveOneOut
  const mean = (of: (fold: (typeof folds)[number]) => number) => folds.reduce((sum, fold) => sum + of(fold), 0) / folds.length
  const row = (name: string, of: (pick: (fold: (typeof folds)[number]) => number) => number) =>
    `| ${name} | ${of((f) => f.lifeHours).toFixed(1)} | ${of((f) => f.remainingShareMae).toFixed(3)} | ` +
    `${of((f) => f.guessHalfMae).toFixed(3)} | ${of((f) => f.remainingHoursMae).toFixed(2)} | ${of((f) => f.guessHalfHoursMae).toFixed(2)} | ` +
    `${of((f) => f.classAccuracy).toFixed(2)} | ${of((f) => f.balancedAccuracy).toFixed(2)} |`
  const { alarm } = model.manifest
  return [
    'Bearings, each judged by forests trained on the five others (written by the training): mean absolute error of the share of life',
    'left and of the hours left, beside always guessing a half, and accuracy of the three health classes (guessing: 0.33 balanced).',
    '',
    '| bearing | life h | share left | guess half | hours left | guess half | class accuracy | balanced |',
    '|---|---|---|---|---|---|---|---|',
    ...folds.map((fold) => row(fold.bearing, (pick) => pick(fold))),
    row('mean', mean),
    '',
    `An entry needs ${alarm.probability} for critical: right in ${Math.round(100 * alarm.precision)} % of left-out cases, ` +
      `${Math.round(100 * alarm.recall)} % of the critical snapshots found.`,
    await checkShippedModel(model, dataDir),
  ].join('\n')
}

function faultTable(): string {
  const rows = FAULTS.map(({ fault, growth, types }) => {
    const found: number[] = []
    const errors: number[] = []
    let covered = 0
    let others = 0
    for (let seed = 0; seed < HOMES; seed++) {
      const home = simulateHome({ seed: 1000 + seed, weeks: WEEKS, startSeconds: START, fault, onsetWeek: ONSET_WEEK, growth })
      const said = firstSaid(home, types)
      const limitRatio = LIMITS[said.first?.type ?? ''] ?? NaN
      const truth = START + (ONSET_WEEK + (limitRatio - 1) / growth) * WEEK_SECONDS
      others += said.others
      if (!said.first || said.first.nowSeconds > truth) continue
      found.push((said.first.nowSeconds - START) / WEEK_SECONDS - ONSET_WEEK)
      errors.push(Math.abs(said.first.at - truth) / WEEK_SECONDS)
      if (truth >= said.first.from && truth <= said.first.to) covered++
    }
    const share = (count: number) => `${count} of ${HOMES}`
    return (
      `| ${fault}, +${(100 * growth).toFixed(1)} % a week | ${share(found.length)} | ${median(found)} | ${median(errors)} | ` +
      `${covered} of ${found.length} | ${others} |`
    )
  })
  return [
    `Simulated faults (${HOMES} homes each, asked every week; assumptions in maintenance/simulated-weeks.ts). Found: before the true`,
    'curve reaches the limit. Weeks are medians at the first entry.',
    '',
    '| fault | found in time | weeks until found | date wrong by, weeks | true date in the interval | entries for anything else |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function healthyTable(): string {
  let weeks = 0
  const entries = new Map<string, number>()
  let homesWith = 0
  for (let seed = 0; seed < HOMES * 2; seed++) {
    const home = simulateHome({ seed: 5000 + seed, weeks: WEEKS, startSeconds: START, fault: 'none', onsetWeek: 0, growth: 0 })
    const said = new Set<string>()
    for (const entry of weekByWeek(home)) said.add(entry.type)
    weeks += WEEKS
    if (said.size > 0) homesWith++
    for (const type of said) entries.set(type, (entries.get(type) ?? 0) + 1)
  }
  const months = (weeks * 7) / 30.4
  const total = [...entries.values()].reduce((sum, count) => sum + count, 0)
  return [
    `Healthy homes: ${total} false entries in ${HOMES * 2} homes over ${Math.round(months)} home months (${(total / months).toFixed(4)} a home ` +
      `a month), in ${homesWith} homes${total > 0 ? `: ${[...entries].map(([type, count]) => `${type} ${count}`).join(', ')}` : ''}.`,
  ].join('\n')
}

function firstSaid(home: SimulatedHome, types: readonly string[]): { first: Said | undefined; others: number } {
  const said = weekByWeek(home)
  const others = new Set(said.filter(({ type }) => !types.includes(type)).map(({ type }) => type))
  return { first: said.find(({ type }) => types.includes(type)), others: others.size }
}

function weekByWeek(home: SimulatedHome): Said[] {
  return Array.from({ length: WEEKS - 8 }, (_, index) => judgeHome(home, index + 9, START + (index + 9) * WEEK_SECONDS)).flat()
}

function median(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]?.toFixed(1) ?? '-'
}
