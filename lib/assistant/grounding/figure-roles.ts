import type { Figure } from '@/lib/contracts/assistant'
import { anyOf } from './any-of'
import type { Evidence } from './evidence'
import type { Quantity } from './read-numbers'

/** What stands around a number: up to the numbers beside it, and behind it to the end of its clause. */
interface Near {
  before: string
  after: string
  sentence: string
}

interface Said {
  text: string
  quantities: readonly Quantity[]
}

const MOST_BEFORE = 70
const MOST_AFTER = 40
const CLAUSE_END = /[,;:(]|\b(?:and|but|while|whereas|und|aber)\b/iu

function nearOf(quantity: Quantity, { text, quantities }: Said): Near {
  const earlier = quantities.filter(({ end }) => end <= quantity.start).at(-1)
  const later = quantities.find(({ start }) => start >= quantity.end)
  const before = text.slice(Math.max(earlier?.end ?? 0, quantity.start - MOST_BEFORE), quantity.start)
  const behind = text.slice(quantity.end, Math.min(later?.start ?? text.length, quantity.end + MOST_AFTER))
  return {
    // "on average" behind a number is of that number.
    before: before.replace(/^\s*(?:on average|im schnitt|durchschnittlich|in all|in total|altogether)\b/iu, ''),
    after: behind.slice(0, CLAUSE_END.exec(behind)?.index ?? behind.length),
    sentence: text,
  }
}

type Meant = (figure: Figure, evidence: Evidence) => boolean
/** Where a text says the first of a number, only figures of the second are meant. */
type SaidSo = readonly [(near: Near) => boolean, Meant]

const labelled =
  (label: RegExp): Meant =>
  (figure) =>
    label.test(figure.label)
const never: Meant = () => false
const beside = (words: RegExp) => ({ before, after }: Near) => words.test(before) || words.test(after)
const before = (words: RegExp) => (near: Near) => words.test(near.before)
const after = (words: RegExp) => (near: Near) => words.test(near.after)

/** Sums of the past; what is expected or would be is none of them. */
const MEASURED = /^(?:energy (?:of|drawn|fed)|energy cost of|CO2 of|cost with|power of|runs of)/
const CHANGE = /^(?:difference|change)/
const MEAN = /\bmean\b|\busual\b|average|typical|expected|always on|\ba day\b|\ban hour\b|at first/
const ABOUT = '(?:about |around |roughly |nearly |almost |only |just |etwa |rund )?'

const USE = /\b(?:energy|electricity|used?|uses|usage|consum\w*)\b/iu
const MONEY = /\b(?:paid|pay|costs?|bill|spent|spend|cheaper|dearer|price|kosten|gekostet)\b/iu
const STANDING_CHARGE =
  /(?<!(?:without|excluding|exclude|excludes|besides|before|no|counting|ohne|minus) (?:the |its |die |den )?)(?:standing charge|grundpreis|grundgebühr)(?!(?: is| was)?(?:n['’]t| not))/iu
const ONE_RUN = /\b(?:each|every|per|a|one|typical|average|mean) (?:\w+ )?(?:run|cycle|load|wash)\b|\b(?:pro|je) (?:lauf|waschgang)\b/iu
const OTHER_RUNS = /^total|^(?:length|energy) of the (?:last|first) run|^(?:longest|shortest) run|^difference/
const WITH_ITS_SHARE =
  /^\s*of (?:the |your |all |its |total |der |des |ihre\w* )*(?:whole |entire |total )?(?:energy|electricity|power|consumption|use|usage|building|it|all|everything|total|stroms?|verbrauchs?)\b/iu
const OF_THE_TIME = /^\s*of (?:the |its |that |all )?(?:time|day|week|hours?|zeit)\b/iu
const MONEY_SHARE = /^\s*of (?:the |your |all |total )*(?:cost|costs|bill|money|spending|expenses)\b/iu
const BOUND =
  /\b(more than|over|above|exceed(?:s|ed|ing)?|mehr als|über|at least|no less than|mindestens|less than|under|below|weniger als|unter|at most|no more than|höchstens|up to|bis zu)\s+$/iu

const SAID_SO: readonly SaidSo[] = [
  [beside(anyOf('iu', 'export\\w*|fed|feeds?|feeding|produc\\w+|generat\\w+|eingespeist|erzeugt|produziert')), isFedIn],
  [beside(/\b(?:earn\w*|income|revenue|verdien\w*)\b/iu), isFedIn],
  [
    beside(anyOf('iu', 'sav(?:e|es|ed|ing|ings)|spar\\w*|gespart|einspar\\w*')),
    ({ label, value }) => CHANGE.test(label) && value < 0,
  ],
  [beside(/\b(?:wast(?:e|ed|es|ing)|verschwend\w*)\b/iu), never],
  [beside(STANDING_CHARGE), (figure) => !isMoney(figure) || /^standing charge|^cost with the standing charge/.test(figure.label)],
  [
    before(/\b(?:price|preis)\b(?: (?:is|was|of|now|currently|at|about|ist|war))*\s+$/iu),
    (figure) => !isMoney(figure) || /\bprice\b|^credit|^standing charge/.test(figure.label),
  ],
  [beside(/\b(?:peak(?:ed|s)?|maximum|max|spitzen?\w*)\b/iu), labelled(/highest|peak|upper end|longest|top demand/)],
  [
    beside(/\b(?:highest|höchste\w*)\b/iu),
    (figure, evidence) => /highest|longest|upper end|top/.test(figure.label) || leads(figure, evidence, 'top'),
  ],
  [
    beside(/\b(?:lowest|niedrigste\w*)\b/iu),
    (figure, evidence) => /lowest|shortest|lower end/.test(figure.label) || leads(figure, evidence, 'bottom'),
  ],
  [before(/\blongest\b/iu), labelled(/longest/)],
  [before(/\bshortest\b/iu), labelled(/shortest/)],
  [beside(anyOf('iu', 'base ?load|always[- ]on|stand-?by|never off|grundlast')), labelled(/always on|standby/)],
  [
    beside(ONE_RUN),
    (figure, evidence) => (/\brun\b/.test(figure.label) && !OTHER_RUNS.test(figure.label)) || isOnlyRun(figure, evidence),
  ],
  [
    beside(anyOf('iu', 'in all|in total|altogether|total(?:led|ling|s)?|insgesamt')),
    (figure) => !/^(?:mean|usual|length of the|longest|shortest|energy of the (?:last|first))/.test(figure.label),
  ],
  [
    before(anyOf('iu', 'average[sd]?|mean|typical(?:ly)?|usually|(?<!(?:as|than|is) )usual|normally|normalerweise|üblicherweise|durchschnittlich\\w*')),
    labelled(MEAN),
  ],
  [after(/^\s*(?:is|are|was|were|would be)?\s*(?:usual|typical|normal|average)\b/iu), labelled(MEAN)],
  [after(/^\s*(?:is|are|was|were)?\s*expected\b/iu), labelled(/expected/)],
  [before(/\b(?:expect(?:ed)?|forecast|predicted)\b/iu), labelled(/expected|error|certainty/)],
  [
    after(/^\s*(?:more|less|fewer|higher|lower|cheaper|extra|mehr|weniger|above|below)\b/iu),
    (figure) => CHANGE.test(figure.label) || figure.value < 0,
  ],
  [
    before(new RegExp(`\\b(?:rose|risen|rises|increased?|decreased?|fell|fallen|dropped|grew|grown|up|down|reduced|gestiegen|gesunken) (?:by |um )?${ABOUT}$`, 'iu')),
    labelled(CHANGE),
  ],
  [before(new RegExp(`\\bto ${ABOUT}$`, 'iu')), (figure) => !CHANGE.test(figure.label)],
  [after(OF_THE_TIME), (figure) => figure.unit !== 'percent' || /\btime\b|within|cools/.test(figure.label)],
  [after(WITH_ITS_SHARE), (figure) => figure.unit !== 'percent' || /\bshare (?!of the time)/.test(figure.label)],
  [
    after(MONEY_SHARE),
    (figure, evidence) => figure.unit !== 'percent' || /all cost/.test(figure.label) || evidence.measureOf(figure) === 'cost',
  ],
  [after(/^\s*of\b/iu), ({ label }) => !label.startsWith('change')],
  [before(/\b(?:certainly|definitely|surely|for sure|sicher|bestimmt)\b/iu), (figure) => !figure.label.startsWith('expected ')],
  [beside(MONEY), ({ label }) => !/^(?:change|difference) in energy/.test(label)],
  [
    ({ before: text, after: behind }) => USE.test(text + behind) && !MONEY.test(text + behind),
    ({ label }) => !/^(?:change|difference) in cost(?: a day)?$/.test(label),
  ],
  [after(/^\s*(?:a|per|each|every) (?:night|morning|evening|weekend|use|wash|load|cycle|person)\b/iu), labelled(/\brun\b/)],
  [before(/\b(?:minus|negative)\s+$/iu), ({ value }) => value < 0],
  [beside(/\b(?:efficien\w+|effizien\w+)\b/iu), never],
  [before(/\b(?:will|going to|would|could|might|werden|wird|würden?|könnten?)\b/iu), (figure) => !MEASURED.test(figure.label)],
  [before(/\blimit\b(?: (?:is|was|of|at|lies at))*\s+$/iu), labelled(/limit|within/)],
  [
    ({ before: text, sentence }) => /\bnow\b/iu.test(text) && !/cheapest|best/iu.test(sentence),
    (figure) => !/at the cheapest time/.test(figure.label),
  ],
  [before(/\bfrom (?:about )?$/iu), (figure) => !figure.label.startsWith('now: ')],
  [after(/^\s*at first\b/iu), labelled(/^at first/)],
]

const CHANGED = new RegExp(
  [
    'more|less|fewer|chang|differ|\\bros|\\bris|increas|decreas|fell|fall|drop|\\bup\\b|\\bdown\\b|higher|lower|above|below|\\bsav|gr[eo]w',
    'cheaper|climb|reduc|declin|halved|doubled|plus|minus|extra|additional|jumped|[-+]\\s?[\\d€$£]',
    'mehr|weniger|gestiegen|gesunken|höher|niedriger|unterschied|spar',
  ].join('|'),
  'iu',
)

/** Figures that are said only together with words like these, wherever they stand in the sentence. */
const ONLY_WITH: readonly (readonly [RegExp, (near: Near) => boolean])[] = [
  [/^expected: /, within(/expect|usual|normal|typical|where|instead|against|rather|\bthan\b|erwart|üblich/iu)],
  [/^expected |of the expected |expected mean power/, within(/\bwill\b|['’]ll\b|expect|forecast|predict|tomorrow|\bnext\b|coming|ahead|likely|should|would|going to|between|werden|wird|morgen|erwart|voraussicht/iu)],
  [/^lower end|lower end$/, within(/between|\bfrom\b|least|lower|lowest|minimum|range|zwischen|mindestens|\bto\b|\bbis\b|–/iu)],
  [/^upper end|upper end$/, within(/between|\bto\b|most|upper|highest|maximum|range|zwischen|höchstens|\bbis\b|–/iu)],
  [/^limit: /, (near) => /limit|threshold|grenz/iu.test(near.before)],
  [/^at first: /, (near) => /first|\bfrom\b|originally|before|initially|used to|earlier|anfangs|zuerst|\bvon\b/iu.test(near.before + near.after)],
  [/^certainty/, (near) => /\(\s*$/.test(near.before) || /certain|\bsure\b|confiden|likel|probab|interval|sicher/iu.test(near.sentence)],
  [/^mean error/, within(/error|\boff\b|wrong|accura|deviat|fehler/iu)],
  [/with the highest|^highest|^longest/, within(/high|most|peak|\bmax|\btop\b|largest|biggest|record|longest|höchst|meist|up to|between|zwischen|busiest/iu)],
  [/with the lowest|^lowest|^shortest/, within(/low|least|\bmin|smallest|shortest|niedrig|wenigst|geringst|between|zwischen|quietest/iu)],
  [CHANGE, within(CHANGED)],
  [/^standing charge|^cost with the standing/, within(/standing|charge|total|\ball\b|with|bill|overall|grundpreis|grundgebühr/iu)],
  [/^energy fed in|fed in$/, within(/\bfed\b|feed|export|sold|solar|surplus|produc|generat|eingespeist/iu)],
  [/^measured share/, within(/measur|cover|reading|record|\bdata\b|gemessen|complete/iu)],
  [/^time not measured/, within(/miss|\bnot\b|gap|without|fehl/iu)],
  [/^age of/, within(/\bold\b|\bago\b|newest|latest|last|since|recent|fresh|\balt\b/iu)],
]
/** The same, but where there was one run only it is the last, the first and the mean one alike. */
const OF_ONE_RUN: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:length|energy) of the last run/, /last|latest|recent|newest|\bits?\b|letzt|pause/iu],
  [/^(?:length|energy) of the first run/, /first|erst/iu],
  [/^mean (?:length|energy|energy cost) of a run/, /mean|average|\bper\b|\beach\b|every|\ba run\b|schnitt|usual|typical|normal/iu],
]
const MEAN_WORDS = /mean|average|\bper\b|\beach\b|every|\ban? (?:day|hour|month|quarter|kwh)\b|schnitt|usual|typical|normal|price/iu

function within(words: RegExp): (near: Near) => boolean {
  return ({ sentence }) => words.test(sentence)
}

/**
 * Whether a number stands for what its figure is: "you exported 9 kWh" is not what was drawn, "at first" not now, "more than 3" not 2.9,
 * and what is a mean, a limit or the end of a range has to be called so.
 */
export function isCalledSo(figure: Figure, quantity: Quantity, said: Said, evidence: Evidence): boolean {
  const near = nearOf(quantity, said)
  return (
    SAID_SO.every(([isSaid, isMeant]) => !isSaid(near) || isMeant(figure, evidence)) &&
    ONLY_WITH.every(([label, isSaid]) => !label.test(figure.label) || isSaid(near)) &&
    OF_ONE_RUN.every(([label, words]) => !label.test(figure.label) || words.test(near.sentence) || isOnlyRun(figure, evidence)) &&
    (!isMeanOfTime(figure) || MEAN_WORDS.test(near.sentence)) &&
    keepsRate(figure, near) &&
    keepsBound(figure, quantity, near)
  )
}

const RATES: readonly { words: RegExp; label: RegExp; days: readonly [number, number] }[] = [
  { words: /\b(?:hourly|stündlich\w*)\b/iu, label: /\b(?:an|per|of an) hour\b|hourly/, days: [0.04, 0.043] },
  { words: /\b(?:daily|täglich\w*)\b/iu, label: /\b(?:a|per) day\b/, days: [0.95, 1.05] },
  { words: /\b(?:weekly|wöchentlich\w*)\b/iu, label: /\b(?:a|per) week\b/, days: [6.9, 7.1] },
  { words: /\b(?:monthly|monatlich\w*)\b/iu, label: /\b(?:a|per) month\b/, days: [27.9, 31.1] },
  { words: /\b(?:yearly|annual(?:ly)?|jährlich\w*)\b/iu, label: /\b(?:a|per) year\b/, days: [364, 367] },
]

const isMoney = ({ unit }: Figure) => unit.startsWith('currency')
/** Of voltage and the like the mean is what is meant by itself. */
const MEASURED_AS_MEAN: readonly Figure['unit'][] = ['V', 'A', 'Hz', 'ratio', 'percent']
const isMeanOfTime = ({ label, unit }: Figure) =>
  /^mean (?!error)/.test(label) && !label.endsWith('of a run') && !MEASURED_AS_MEAN.includes(unit)

function isFedIn({ label, value }: Figure): boolean {
  return value < 0 || /fed in|credit|solar/.test(label)
}

function leads({ subject }: Figure, evidence: Evidence, end: 'top' | 'bottom'): boolean {
  return subject !== undefined && subject !== 'total' && evidence.extremes()[end].has(subject)
}

function isOnlyRun({ subject }: Figure, { figures }: Evidence): boolean {
  return figures.some((other) => other.subject === subject && other.label.startsWith('runs of') && other.value === 1)
}

/** "your monthly bill" is of a month: by its label, or by the length of its time. */
function keepsRate({ label, period }: Figure, { before: text }: Near): boolean {
  const rate = RATES.find(({ words }) => words.test(text))
  if (!rate || rate.label.test(label)) return true
  const days = period ? (period.to - period.from) / 86_400 : 0
  return days >= rate.days[0] && days <= rate.days[1]
}

/** "more than 3 kWh" of 3.1, not of 2.9; the middle of what is expected bounds nothing. */
function keepsBound({ value, label, unit }: Figure, quantity: Quantity, { before: text }: Near): boolean {
  const bound = BOUND.exec(text)?.[1]?.toLowerCase()
  if (bound === undefined) return true
  if (label.startsWith('expected ')) return false
  const own = Math.abs(unit === 'count' && quantity.kind === 'duration' ? value * 86_400 : value)
  const given = Math.abs(quantity.value)
  if (/^(?:more|over|above|exceed|mehr|über)/.test(bound)) return own > given
  if (/^(?:less|under|below|weniger|unter)/.test(bound)) return own < given
  if (/^(?:at least|no less|mindestens)/.test(bound)) return own >= given - quantity.tolerance
  return /highest|upper end|longest|limit/.test(label)
}
