import type { Subject } from '@/lib/contracts/assistant'
import type { NameMention } from './appliance-lexicon'
import { anyOf } from './any-of'
import { isReversed } from './compared-periods'
import type { Evidence } from './evidence'
import type { PeriodMention } from './find-periods'
import { checkPlainClaims } from './plain-claims'

/** What a sentence says that no result supports. */
export interface Unsupported {
  start: number
  end: number
  reason: string
}

export interface WordClaims {
  unsupported: Unsupported[]
  /** How many claims were looked at, supported ones too. */
  count: number
}

export interface Said {
  text: string
  /** Those that stand for a period of the results. */
  periods: readonly PeriodMention[]
  names: readonly NameMention[]
  inherited: readonly Subject[]
  /** Whether a number of the sentence is supported: what stands beside it was checked with it. */
  hasSupportedNumber: boolean
  hasSupportedChange: boolean
  /** Whether it names a day or another time. */
  namesTime: boolean
}

const ADVERBS = '(?:(?:currently|still|now|presently|definitely|also|both|all|just|actually|gerade|noch|jetzt|momentan)\\s+)*'
const STATE = new RegExp(
  `\\b(?:is|are|keeps?|kept|remains?|stays?|has been|have been|been|ist|sind|(?<=\\w)['’]s)(n['’]t)?\\s+${ADVERBS}(not\\s+|nicht\\s+|no longer\\s+|never\\s+)?${ADVERBS}(?:switched |turned |powered |left )?(on|off|running|charging|heating|washing|drying|cooking|boiling|cooling|defrosting|finished|done|complete|broken|defective|faulty|idle|active|in use|in operation|working|inactive|standby|an|aus|eingeschaltet|ausgeschaltet)\\b(?!\\s+(?:the|your|a|an|average|this|that|top|track|par|for)\\b)|(?<=\\p{L})\\s(läuft)(?:\\s(nicht))?\\b|\\b(has|have) (?:already |just )?(?:finished|stopped|ended)\\b|\\bthere(?:['’]s| is)\\s+(nothing|no appliance)\\s+(?:else\\s+)?(?:on|running)\\b`,
  'giu',
)
const OFF = /^(?:off|finished|done|complete|idle|inactive|aus|ausgeschaltet|standby)$/i
const NOBODY =
  /\b(?:nothing|no appliance|none of (?:the|your) appliances|everything|all (?:the |your )?appliances|all of them)\b/iu
const RAN_NOT = anyOf(
  'iu',
  'did not run|didn[\'’]t run|not (?:been )?(?:seen to )?run|never ran|was not used|wasn[\'’]t used',
  'did not use anything|used nothing|not use any|no runs|has not run|hasn[\'’]t run|lief nicht',
  'was unused|was not (?:on|in use)|wasn[\'’]t (?:on|in use)|stayed off|was off',
)
const RAN = anyOf(
  'iu',
  'ran|was running|was on|were on|was used|has run|started|lief|was switched on|turned on|switched on',
  'was left on|runs (?:now|right now|at the moment)',
)
const MOST = /\b(?:most|largest|highest|biggest|greatest|top|main|number one|meisten?|größte\w*|höchste\w*)\b/iu
const LEAST = /\b(?:least|smallest|lowest|fewest|wenigsten?|kleinste\w*|geringste\w*)\b/iu
const MORE =
  /\b(?:more|up (?:from|by|on|compared)|higher|increased|rose|grew|risen|gone up|went up|climbed|doubled|tripled|quadrupled|worse|rising|increasing|growing|going up|dearer|mehr|höher|gestiegen|teurer)\b(?!\s+(?:or less|than (?:about |around |roughly )?(?:\d|[€$£]|one|two|three|half)))/iu
const FEWER =
  /\b(?:less|down (?:from|by|on|compared)|lower|decreased|fell|dropped|gone down|went down|declined|halved|fewer|saved|falling|decreasing|shrinking|going down|cheaper|weniger|niedriger|gesunken|billiger)\b(?!\s+than (?:about |around |roughly )?(?:\d|[€$£]|one|two|three|half))/iu
const COSTS = /\b(?:cheaper|dearer|expensive|paid|costs?|bills?|prices?|spent|teurer|billiger|kosten)\b/iu
const COMPARES = /\b(?:than|rising|falling|increasing|decreasing|growing|shrinking|getting|going|compared|last|before|previous|against|versus|bill|usage|use|consumption|als|vor)\b/iu
const LINK =
  /https?:\/\/|www\.|\bmailto:|javascript:|\b[\w.-]+@[\w-]+\.\w{2,}|\b[a-z0-9-]+\.(?:com|net|org|io|de|ru|info|xyz)\b|\/\/[\w.-]+\//iu
const VOUCHES = anyOf(
  'iu',
  'verified|fact[- ]checked|double[- ]checked|guaranteed|confirmed|certified',
  'system (?:prompt|message|override)|ignore (?:all|any|previous|the)|grounding|supported by figure|geprüft',
  'bestätigt|trust me|checked against',
)
const OTHERS = anyOf(
  'iu',
  'neighbou?rs?|other (?:homes?|houses?|households?|people|families|customers|sites)',
  '(?:average|typical|normal) (?:\\w+ )?(?:homes?|house|households?|family|customer|person)|nachbarn?',
  'durchschnittshaushalt',
)
const ACTS =
  /\bI(?:['’]ve| have|['’]ll| will)? (?:just |now |already )?(?:switch(?:ed)?|turn(?:ed)?|start(?:ed)?|stop(?:ped)?|set|schedul\w+|unplug\w*|shut|order(?:ed)?|sent|call(?:ed)?|chang\w+|updat\w+|delet\w+|book(?:ed)?|disabl\w+|enabl\w+)\b/iu
const ALL_OF = anyOf(
  'iu',
  '(nearly all|almost all|all|everything)|(none|nothing)',
  '(the majority|more than half|the bulk|over half)) of (?:it|this|that|them',
  'the (?:energy|electricity|power|cost|total)|your (?:energy|electricity|power|use|usage|bill)',
)
const USES = anyOf(
  'iu',
  'used|uses|consumed|consumes|drew|draws|takes|took|cost|costs|ran|runs|needs|needed|caused|is on|was on',
  'running|verbraucht\\w*|kostet\\w*|broken|defective|faulty|failing|responsible|culprit',
)

/** Checks what a sentence says in words: names, states, runs, ranks, directions, links, and claims to be checked already. */
export function checkWords(said: Said, evidence: Evidence): WordClaims {
  const { text, names } = said
  const unsupported: Unsupported[] = []
  let count = 0
  const check = (isSupported: boolean, match: { index: number; 0: string } | NameMention, reason: string) => {
    count++
    const [start, end] = 'start' in match ? [match.start, match.end] : [match.index, match.index + match[0].length]
    if (!isSupported) unsupported.push({ start, end, reason })
  }
  const link = LINK.exec(text)
  if (link) check(false, link, 'links are not part of an answer')
  const vouch = VOUCHES.exec(text)
  if (vouch) check(false, vouch, 'only the checks say what is checked')
  const others = OTHERS.exec(text)
  if (others && (said.hasSupportedNumber || USES.test(text) || MORE.test(text) || FEWER.test(text)))
    check(false, others, 'nothing is known of others')
  const acts = ACTS.exec(text)
  if (acts) check(false, acts, 'nothing can be switched or changed from here')
  if (/\?\s*["”’]?\s*$/.test(text)) return { unsupported, count }
  const isClaim = said.hasSupportedNumber || USES.test(text) || MOST.test(text) || LEAST.test(text)
  for (const name of names) {
    const isKnown =
      name.subject === null ? isNamed(name.text, evidence) : evidence.subjects.has(name.subject) || name.subject === 'other'
    if (isClaim || evidence.results.length > 0) check(isKnown, name, 'no result is about it')
  }
  checkStates(said, evidence, check)
  const subjects = names.flatMap(({ subject }) => subject ?? [])
  const meant = subjects.length > 0 ? subjects : said.inherited
  const [ranNot, ran] = [RAN_NOT.exec(text), RAN.exec(text)]
  if (ranNot && meant.length > 0)
    check(
      meant.every((subject) => neverRan(subject, evidence)),
      ranNot,
      'no result says that it did not run',
    )
  else if (ran && meant.length > 0 && !said.hasSupportedNumber && !MOST.test(text)) {
    check(
      meant.every((subject) => hasRun(subject, evidence)),
      ran,
      'no result says that it ran',
    )
  }
  const { top, bottom } = evidence.extremes()
  const [most, least] = [MOST.exec(text), LEAST.exec(text)]
  const [first] = subjects
  if (most && first && first !== 'total' && !/\bmost of the time\b/iu.test(text))
    check(top.has(first), most, 'another is ahead of it')
  if (least && first && first !== 'total') check(bottom.has(first), least, 'another has less')
  if ((most ?? least) && names.length === 0 && said.namesTime && !said.hasSupportedNumber)
    check(false, (most ?? least)!, 'no result ranks times')
  const part = ALL_OF.exec(text)
  if (part && first) check(isPart(part, first, evidence), part, 'its share is another')
  checkDirection(said, evidence, check)
  checkPlainClaims(said, evidence, check)
  return { unsupported, count }
}

export type Check = (isSupported: boolean, match: { index: number; 0: string }, reason: string) => void

function checkStates({ text, names, inherited }: Said, evidence: Evidence, check: Check): void {
  for (const match of text.matchAll(STATE)) {
    const isNegated = match[1] !== undefined || match[2] !== undefined || match[5] !== undefined
    const hasEnded = match[6] !== undefined || match[7] !== undefined
    const isOn = !hasEnded && OFF.test(match[3] ?? '') === isNegated
    if (/^(?:broken|defective|faulty)$/i.test(match[3] ?? '')) check(false, match, 'no result tells faults')
    const crowd = NOBODY.exec(text)
    if (crowd && names.length === 0) {
      const wanted = /nothing|no appliance|none/i.test(crowd[0]) && !hasEnded ? !isOn : isOn
      check(
        evidence.states.length > 0 && evidence.states.every((state) => state.isOn === wanted),
        match,
        'the appliances are not all so',
      )
      continue
    }
    const devices = evidence.names.filter((name) => text.toLowerCase().includes(name.toLowerCase())).map((name) => ({ subject: null, name }))
    const before = names.filter(({ start }) => start < match.index)
    const meant = (before.length > 0 ? before : names).flatMap(({ subject, text: name }) => [{ subject, name }])
    const known = meant.length > 0 ? meant : devices
    const pronouns = known.length > 0 ? known : inherited.map((subject) => ({ subject, name: '' }))
    // "always on" is of the base load, not of a device.
    if (
      pronouns.length === 0 &&
      (/\balways\s+on\b/i.test(text) || (evidence.states.length === 0 && !/^\s*(?:it|they|no|yes)\b/i.test(text)))
    )
      continue
    const fits = pronouns.map(({ subject, name }) => {
      const state = evidence.states.find(
        (known) =>
          (subject !== null && known.subject === subject) ||
          (name !== '' && known.device?.toLowerCase().includes(name.toLowerCase())),
      )
      return state?.isOn === isOn
    })
    check(fits.length > 0 && fits.every(Boolean), match, 'no result says that it is so now')
  }
}

function checkDirection({ text, hasSupportedChange, periods }: Said, evidence: Evidence, check: Check): void {
  const [more, fewer] = [MORE.exec(text), FEWER.exec(text)]
  const word = more ?? fewer
  if (!word || (more && fewer) || hasSupportedChange || !COMPARES.test(text)) return
  const change = evidence.change(COSTS.test(text) ? 'cost' : null)
  const isMore = isReversed(text, periods, change?.period, evidence.nowSeconds) ? !more : Boolean(more)
  check(
    change !== null && Math.sign(change.value) === (isMore ? 1 : -1),
    word,
    change === null ? 'nothing was compared' : 'it went the other way',
  )
}

/** "nearly all of it", "none of it", "the majority": what they say of a share in percent. */
function isPart([, all, none]: RegExpExecArray, subject: Subject, { figures }: Evidence): boolean {
  const share = figures.find(
    (figure) => figure.subject === subject && figure.unit === 'percent' && figure.label.startsWith('share of'),
  )
  if (!share) return false
  return all ? share.value >= 90 : none ? share.value < 0.5 : share.value > 50
}

const isNamed = (name: string, { names }: Evidence) => names.some((known) => known.toLowerCase().includes(name.toLowerCase()))

function neverRan(subject: Subject, { figures }: Evidence): boolean {
  const telling = ['kWh', 'currency', 'kg']
  return figures.some(({ subject: own, value, label, unit }) => {
    return own === subject && value === 0 && (label.startsWith('runs of') || telling.includes(unit))
  })
}

function hasRun(subject: Subject, { figures, states }: Evidence): boolean {
  const hasFigure = figures.some((figure) => figure.subject === subject && figure.value > 0)
  return hasFigure || states.some((state) => state.subject === subject && state.isOn === true)
}
