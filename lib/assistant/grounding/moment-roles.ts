import type { ToolResult } from '@/lib/contracts/assistant'

export type Moment = ToolResult['moments'][number]

export interface MomentNear {
  /** What stands before a date or a time of day, up to the one before it. */
  before: string
  /** Whether the results say that there was one run only, which is the first and the last. */
  isOnlyRun: boolean
  /** Unix seconds. */
  nowSeconds: number
}

const ENDS = /\b(?:end(?:ed|s)?|finish\w*|stopp\w*|until|till|over|beendet|endete|bis)\b|\bto $/giu
const BEGINS = /\b(?:began|begun|begins?|start\w*|since|from|switched on|turned on|came on|begann|ab|seit)\b/giu

/** A role that words give to a moment, and the labels of those that have it. */
const ROLES: readonly (readonly [RegExp, (label: string, near: MomentNear) => boolean])[] = [
  [/\bfirst (?:run|ran|started|began|time|used)\b|\bfirst ran\b/iu, (label, { isOnlyRun }) => /first/.test(label) || isOnlyRun],
  [/\blast (?:run|ran|started|began|time|used)\b/iu, (label, { isOnlyRun }) => !/first run|^start of a run$/.test(label) || isOnlyRun],
  [/\b(?:expensive|dearest|worst|teuerst\w*)\b/iu, (label) => !/cheapest/.test(label)],
  [/\b(?:lowest|least|quietest|minimum)\b/iu, (label) => /lowest|cheapest/.test(label)],
  [/\b(?:highest|peak\w*|busiest|maximum|(?<!at )most(?! recent| expensive| of))\b/iu, (label) => /highest|peak/.test(label)],
  [/\b(?:cheapest|best (?:time|begun))\b/iu, (label) => /cheapest/.test(label)],
  [/\b(?:latest (?:date|day|is|on|by)|at the latest|spätestens)\b/iu, (label) => label.startsWith('latest')],
  [/\b(?:earliest|frühestens)\b/iu, (label) => label.startsWith('earliest')],
  [/\b(?:second|third|fourth|next|previous) (?:run|time|start|one)\b/iu, () => false],
  [/\bpaus\w*/iu, (label) => label.startsWith('pause')],
  [/^(?!.*\b(?:latest|earliest)\b).*\b(?:reach\w*|fails?|failure|break down|due)\b(?!.*\bbetween\b)/iu, (label) => !/^(?:earliest|latest)/.test(label)],
]

/** The end of what a time stands behind: "began at 18:00 and ended", of which the last counts. */
export function endOf({ before }: MomentNear): 'begin' | 'end' | null {
  const lastOf = (words: RegExp) => [...before.matchAll(words)].at(-1)?.index ?? -1
  const [begins, ends] = [lastOf(BEGINS), lastOf(ENDS)]
  if (begins < 0 && ends < 0) return null
  return ends > begins ? 'end' : 'begin'
}

/** What tells how fresh the data are is no event of an appliance. */
const OF_THE_DATA = /^newest (?:electrical )?reading|^last look|judgement/
const EVENT = /\b(?:ran|runs?|switched|turned|finish\w*|ended|went off|came on)\b/iu
const TO_COME = /\b(?:will|going to|next|werden|wird)\b/iu

/** Whether a moment may be spoken of so: the start of a run is not its end, the highest hour not the lowest, the earliest date not the latest. */
export function isMomentCalledSo({ label, at }: Pick<Moment, 'label' | 'at'>, near: MomentNear): boolean {
  if (OF_THE_DATA.test(label) && EVENT.test(near.before)) return false
  if (TO_COME.test(near.before) && at < near.nowSeconds - 60) return false
  const end = endOf(near)
  const isPause = label.startsWith('pause')
  if (end === 'end' && !/^end of|^last seen|^last reading|latest/.test(label) && !isPause) return false
  if (end === 'begin' && (/^end of|^last seen/.test(label) || (isPause && !/\bpause/iu.test(near.before)))) return false
  return ROLES.every(([words, isMeant]) => !words.test(near.before) || isMeant(label, near))
}
