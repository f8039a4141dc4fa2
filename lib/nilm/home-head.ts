import type { Appliance } from '@/lib/contracts/appliances'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { GridSecond } from './grid-resampler'
import type { BlockOutput, SlowFeed } from './slow-feed'
import { HORIZONS, OUTPUT_KINDS, outputChannel } from './stream-network'

/** logit' = logit + fast . (fast network's hidden) + slow . (slow network's hidden) + bias; empty = not looked at. */
export interface HeadWeights {
  fast: readonly number[]
  slow: readonly number[]
  bias: number
}

/** What one home taught about one appliance, as a small change of the shared model's published answers. */
export interface HomeHead {
  id: string
  appliance: Appliance
  /** null = the shared model's answer as it is. */
  provisional: HeadWeights | null
  final: HeadWeights | null
  powerFactor: number
}

/**
 * A head in effect for seconds of the grid with from <= time < until. Part of what estimates are a function of, beside the
 * readings: a replay with the same periods gives the same rows.
 */
export interface HeadPeriod {
  head: HomeHead
  fromSeconds: number
  untilSeconds: number | null
}

/** Whether any of these periods overlaps [first, last]. */
export function anyInEffect(periods: readonly HeadPeriod[], firstSeconds: number, lastSeconds: number): boolean {
  return periods.some(({ fromSeconds, untilSeconds }) => {
    return fromSeconds <= lastSeconds && (untilSeconds === null || untilSeconds > firstSeconds)
  })
}

/** These periods with other heads from `fromSeconds` on. */
export function replaceFrom(periods: readonly HeadPeriod[], heads: readonly HomeHead[], fromSeconds: number): HeadPeriod[] {
  const before = periods
    .filter((period) => period.fromSeconds < fromSeconds)
    .map((period) => ({ ...period, untilSeconds: Math.min(period.untilSeconds ?? fromSeconds, fromSeconds) }))
  return [...before, ...heads.map((head) => ({ head, fromSeconds, untilSeconds: null }))]
}

/**
 * Adds the heads to the calibrated output [44, seconds.length], in place. A second whose slow answer is from before a head took
 * effect is left as it is: whether that answer's hidden channels are still known would depend on how the stream was cut.
 * @param hidden of the fast network, [channels, seconds.length]
 */
export function applyHeads(
  output: Float32Array,
  seconds: readonly GridSecond[],
  hidden: Float32Array | null,
  slow: SlowFeed | null,
  periods: readonly HeadPeriod[],
): void {
  const count = seconds.length
  for (const { head, fromSeconds, untilSeconds } of periods) {
    const appliance = APPLIANCES.indexOf(head.appliance)
    for (const [column, { timestampSeconds }] of seconds.entries()) {
      if (timestampSeconds < fromSeconds || (untilSeconds !== null && timestampSeconds >= untilSeconds)) continue
      for (const horizon of ['provisional', 'final'] as const) {
        const weights = head[horizon]
        const block = horizon === 'final' ? slow?.finalAt(timestampSeconds) : slow?.provisionalAt(timestampSeconds)
        if (slow && !(block && block.endSeconds >= fromSeconds)) continue
        const powerAt = outputChannel(HORIZONS[horizon], OUTPUT_KINDS.onPowerWatts, appliance)
        output[powerAt * count + column]! *= head.powerFactor
        if (!weights) continue
        const logitAt = outputChannel(HORIZONS[horizon], OUTPUT_KINDS.logit, appliance)
        output[logitAt * count + column]! += changeOfLogit(weights, hidden, count, column, block)
      }
    }
  }
}

function changeOfLogit(
  { fast, slow, bias }: HeadWeights,
  hidden: Float32Array | null,
  count: number,
  column: number,
  block: BlockOutput | undefined,
): number {
  let sum = bias
  if (hidden) for (let i = 0; i < fast.length; i++) sum += fast[i]! * hidden[i * count + column]!
  if (block?.hidden) for (let i = 0; i < slow.length; i++) sum += slow[i]! * block.hidden[i]!
  return sum
}
