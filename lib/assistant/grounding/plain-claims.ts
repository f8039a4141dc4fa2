import type { Figure, Subject } from '@/lib/contracts/assistant'
import { applianceWord } from '../names'
import { anyOf } from './any-of'
import type { Check, Said } from './claims-without-numbers'
import type { Evidence } from './evidence'

const UNCHANGED = anyOf(
  'iu',
  '(?:stay|remain|is|are|was|were|keep|kept|been)\\w*(?: about| nearly| almost| roughly| exactly)? (?:the same|unchanged|equal)',
  '(?:stay|remain|is|are|was|were|keep|kept|been)\\w*(?: about| nearly| almost| roughly)? (?:flat|level|constant|gleich|unverändert)',
  'nothing (?:has )?changed|no (?:change|difference)(?! when)|(?:did|has|have)(?: not|n[\'’]t) changed?',
)
const NEARLY_SAME_PERCENT = 10
const NOTHING_USED = anyOf(
  'iu',
  '(?:used|drew|consumed|needed)\\s+(?:nothing|no (?:electricity|energy|power))',
  '(?:used|drew|consumed|needed)\\s+(?:hardly|barely|almost|next to|practically) (?:anything|nothing|any \\w+|no \\w+)',
  'no (?:electricity|energy|power) (?:was|has been) (?:used|drawn|consumed)',
)
const PLACE = /\bcame (?:in )?(first|second|third|fourth|last)\b|\bin (first|second|third|fourth|last) place\b|\branks? (first|second|third|fourth|last)\b/iu
const PLACES = ['first', 'second', 'third', 'fourth']
const BESIDE = /\b(ahead of|behind|as much as|the same as|level with)\b/iu
const CAUSE = anyOf('iu', 'responsible|(?:the|main|a) reason|to blame|culprit|because of|due to|schuld|grund')
const ODD =
  /\b(?:above|below) (?:the )?average\b|\b(?:unusual|abnormal|exceptional|remarkabl|suspicious)(?:ly|y|e)? (?:high|low|much|little|large|expensive|heavy)\b/iu
const ALL_WELL = anyOf(
  'iu',
  '(?:no|not any|without(?: any)?) (?:anomal\\w+|faults?|problems?|issues?|irregularit\\w+)',
  'nothing (?:has |is |was |looks |seems |seemed |looked )?(?:unusual|wrong|abnormal|odd|suspicious|stood out|stands out)',
  '(?:is|are|looks?|seems?|works?|appears?)(?: to be)? (?:all |perfectly |completely )?(?:fine|well|normal(?:ly)?|ok(?:ay)?|healthy)',
  '(?:is|are|looks?|seems?|works?|appears?)(?: to be)? (?:all right|alright|in order|in good \\w+|properly|correctly|in ordnung|gesund)',
  'needs? no (?:maintenance|repairs?|servic\\w+|attention)|nothing needs (?:maintenance|repair|attention)',
)
const WITHIN_PERCENT = 99.5
const ILL = anyOf(
  'iu',
  '(?<!nothing )(?:needs?|requires?) (?:an? |some )?(?:repair\\w*|servic\\w+|maintenance|replac\\w+|attention|inspection|cleaning)',
  '(?:should|must|has to|have to|ought to) (?:be )?(?:replaced?|repaired?|serviced)',
  '(?:is|are) (?:failing|worn(?: out)?|about to fail|dying|damaged|leaking)',
)
const AGED = /\b(?:is|are) (?:old|outdated|inefficient|ineffizient|veraltet)\b/iu
const LONG_ON = /\bon (for (?:hours|days|weeks|ages|a (?:long )?(?:time|while))|since)\b|\b(?:on|running) ((?:all|the whole|the entire) (?:day|night|week|morning|evening|afternoon|time))\b/iu
const TURNED = /\b(?:turned|switched|shut|went)(?: itself| themselves)? (off|on)\b/iu
const DRAWS_NOW = /\b(?:is|are) (?:currently |now )?(?:consuming|using|drawing|taking)\b|\b(?:draws|uses|takes|consumes) (?:power|energy|electricity)\b/iu
const OFTEN = /\b(?:ran|runs|(?:is|was|gets) used|started|lief|läuft)\b.{0,30}\b(?:every (?:day|night|morning|evening|week|hour)|daily|nightly|weekly|regularly|constantly|all the time|täglich|jeden tag)\b/iu
const CHEAPEST_NOW =
  /\bnow (?:is|would be) (?:the )?(?:cheapest|best)\b|\b(?:cheapest|best time)\b[^.,;]{0,40}\b(?:is|are) (?:right )?now\b/iu
const TO_COME = /\b(?:will|is going to|is about to) (?:soon )?(?:be )?(?:done|finish(?:ed)?|ready|start|stop|end)\b/iu
const UNKNOWN = anyOf(
  'iu',
  'someone|somebody|burglar\\w*|intruders?|visitors?|fire|smoke|danger\\w*|unsafe|safe|hazard\\w*|short circuit|door',
  'jemand|einbrecher|gefährlich',
)
const SOON_SECONDS = 900
/** What is nothing where nothing was used. */
const USED: readonly Figure['unit'][] = ['kWh', 'currency', 'kg']

/** What a sentence says in words alone: that nothing changed, was used or is wrong, that something is, who is ahead, since when it runs. */
export function checkPlainClaims(said: Said, evidence: Evidence, check: Check): void {
  const { text, hasSupportedNumber } = said
  const subjects = said.names.flatMap(({ subject }) => subject ?? [])
  const meant = subjects.length > 0 ? subjects : said.inherited
  const hold = (words: RegExp, reason: string, isSupported: (match: RegExpExecArray) => boolean) => {
    const match = words.exec(text)
    if (match) check(isSupported(match), match, reason)
  }
  hold(UNCHANGED, 'no result says that it stayed the same', () => isUnchanged(evidence))
  hold(NOTHING_USED, 'no result says that nothing was used', () => (meant.length > 0 ? meant : ['total' as const]).every((subject) => usedNothing(subject, evidence)))
  hold(PLACE, 'it has another place', (match) => isAt(subjects[0], match.slice(1).find(Boolean)?.toLowerCase() ?? '', evidence))
  if (subjects.length > 1) hold(BESIDE, 'no result puts them so', (match) => isBeside(subjects, match[1]?.toLowerCase() ?? '', evidence))
  if (subjects[0]) hold(CAUSE, 'no result says that it is the cause', () => evidence.extremes().top.has(subjects[0]!))
  hold(ODD, 'no result says what is usual', () => evidence.figures.some(({ label }) => /^(?:measured: |expected: |usual |change against)/.test(label)))
  hold(ALL_WELL, 'no result says that all is well', () => isWell(meant, evidence))
  hold(ILL, 'no result tells that it is worn or at fault', () => isIll(meant, evidence))
  hold(AGED, 'no result tells its age', () => false)
  hold(LONG_ON, 'no result says for how long it was on', (match) => {
    return hasSupportedNumber || (match[1]?.toLowerCase() === 'since' && evidence.moments.some(({ label }) => label === 'on since'))
  })
  if (meant.length > 0 && !hasSupportedNumber) {
    hold(TURNED, 'no result says that it was switched', (match) => meant.every((subject) => wasTurned(subject, match[1]?.toLowerCase() === 'on', evidence)))
    hold(DRAWS_NOW, 'no result says that it is on now', () => meant.every((subject) => evidence.states.some((state) => state.subject === subject && state.isOn === true)))
    hold(TO_COME, 'no result says what it will do', () => false)
    hold(OFTEN, 'no result says how regularly it runs', () => false)
  }
  hold(UNKNOWN, 'nothing is known of people or dangers', () => false)
  hold(CHEAPEST_NOW, 'another time costs less', () =>
    evidence.moments.some(({ label, at }) => label.startsWith('cheapest start') && at - evidence.nowSeconds < SOON_SECONDS))
}

function isUnchanged({ figures }: Evidence): boolean {
  return figures.some(({ label, unit, value }) => label.startsWith('change') && unit === 'percent' && Math.abs(value) < NEARLY_SAME_PERCENT)
}

function usedNothing(subject: Subject, { figures }: Evidence): boolean {
  return figures.some(({ subject: own, value, unit, label }) => {
    return own === subject && value === 0 && (USED.includes(unit) || label.startsWith('runs of'))
  })
}

function isAt(subject: Subject | undefined, place: string, evidence: Evidence): boolean {
  if (!subject) return false
  return evidence.rankings().some((ranked) => ranked.at(place === 'last' ? -1 : PLACES.indexOf(place)) === subject)
}

function isBeside([first, second]: readonly Subject[], how: string, evidence: Evidence): boolean {
  if (!first || !second || (how !== 'ahead of' && how !== 'behind')) return false
  return evidence.rankings().some((ranked) => {
    const [own, other] = [ranked.indexOf(first), ranked.indexOf(second)]
    return own >= 0 && other >= 0 && (how === 'behind' ? own > other : own < other)
  })
}

const isOfAny = (label: string, subjects: readonly Subject[]) =>
  subjects.length === 0 || subjects.some((subject) => subject !== 'total' && subject !== 'other' && label.includes(applianceWord(subject)))

const foundIn = (meant: readonly Subject[], { figures }: Evidence) =>
  figures.filter(({ label, subject }) => label === 'anomalies found' && (subject === undefined || meant.length === 0 || meant.includes(subject)))

/** That something was looked for and not found. */
function isWell(meant: readonly Subject[], evidence: Evidence): boolean {
  const { figures, moments } = evidence
  const found = foundIn(meant, evidence)
  if (found.some(({ value }) => value > 0) || moments.some(({ label }) => label.startsWith('limit reached') && isOfAny(label, meant))) return false
  const within = figures.filter(({ label }) => label.startsWith('share of time within the limits'))
  const isWithin = within.length > 0 && within.every(({ value }) => value >= WITHIN_PERCENT)
  const isWatched = figures.some(({ label, value }) => /^(?:things without a trend|days watched without)/.test(label) && value > 0)
  return found.length > 0 || isWithin || isWatched
}

function isIll(meant: readonly Subject[], evidence: Evidence): boolean {
  if (meant.length === 0) return false
  return meant.every((subject) => {
    const isDue = evidence.moments.some(({ label }) => label.startsWith('limit reached') && isOfAny(label, [subject]))
    return isDue || evidence.figures.some((figure) => figure.subject === subject && figure.label.startsWith('measured: '))
  })
}

function wasTurned(subject: Subject, isOn: boolean, { states, figures, moments }: Evidence): boolean {
  if (states.some((state) => state.subject === subject && state.isOn === isOn)) return true
  const hasRun = figures.some((figure) => figure.subject === subject && figure.value > 0)
  return hasRun && (isOn || moments.some(({ label }) => label.startsWith('end of')))
}
