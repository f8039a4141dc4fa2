import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import { isSamePeriod } from './evidence'
import type { PeriodMention } from './find-periods'

const THAN = /\b(?:than|compared (?:with|to)|against|versus|vs|als|gegenüber)\b/iu
const MOST_APART = 25

/** Whether a sentence tells a change from the other side than its figure: "last month less than this month", "less last month". */
export function isReversed(
  text: string,
  periods: readonly PeriodMention[],
  own: Pick<ResolvedPeriod, 'from' | 'to'> | undefined,
  nowSeconds: number,
): boolean {
  if (!own) return false
  const isOwn = ({ period }: PeriodMention) => period !== null && isSamePeriod(period, own, nowSeconds)
  const than = THAN.exec(text)
  const behind = than && periods.find(({ start }) => start >= than.index && start - than.index - than[0].length < MOST_APART)
  if (behind) return isOwn(behind)
  const [only] = periods
  // "down 12% on last month": it is what the other is measured against.
  const isAgainst = only !== undefined && /\b(?:on|from|over|since|vs\.?|zu|gegen)\s(?:the )?$/iu.test(text.slice(0, only.start))
  return !than && periods.length === 1 && !isAgainst && !isOwn(only!)
}
