import type { Figure, ToolArguments } from '@/lib/contracts/assistant'
import { subjectWords } from '../names'
import { capital, say, sentences, sinceText, type Telling, type Words } from './sentence'

const MOST_TOLD = 3
/** A larger change than this is no easier to imagine as a percentage. */
const MOST_PERCENT = 1000

export function wordForecast(telling: Telling): Words {
  const [main, second] = telling.all(/^expected energy(?! cost)/)
  if (!main) return []
  const isNet = main.label !== 'expected energy'
  const cost = ofSamePeriod(telling, main, 'expected energy cost, without the standing charge')
  const peak = telling.find('hour with the highest expected mean power')
  const peakAt = telling.moment('highest hour expected')
  const error = telling.find(/^mean error of an hour/)
  const during = telling.during(main.period, main)
  const range = rangeOf(telling, main, isNet)
  const total = ofSamePeriod(telling, second, 'expected energy') ?? null
  return sentences(
    isNet
      ? say`${capital(during)}, ${telling.amount(main, true)} net will be ${main.value < 0 ? 'fed in' : 'drawn'}${range}.`
      : telling.either(
          () => say`${capital(during)}, you can expect to use ${telling.amount(main, true)}${range}.`,
          () => say`I expect ${telling.amount(main, true)} ${during}${range}.`,
          () => say`You will use ${telling.amount(main, true)} ${during} if all goes on as usual${range}.`,
        ),
    cost &&
      telling.either(
        () => say`That will cost ${telling.amount(cost, true)} for the energy.`,
        () => say`The energy for it will come to ${telling.amount(cost, true)}.`,
      ),
    main.period?.label === 'tomorrow' && total && say`${capital(telling.during(total.period, total))} it is ${telling.amount(total, true)}.`,
    peak && peakAt && peak.value > 0 && say`The highest hour is expected ${telling.when(peakAt)}: ${telling.amount(peak, true)} on average.`,
    error && say`In trials on the past, the forecast of an hour was off by ${telling.amount(error, false)} on average.`,
  )
}

const ofSamePeriod = (telling: Telling, { period }: Partial<Figure> = {}, label: string) =>
  telling.result.figures.find((figure) => figure.label === label && figure.period?.label === period?.label) ?? null

/** , between 3.1 kWh and 5.2 kWh (95%) */
function rangeOf(telling: Telling, main: Figure, isNet: boolean): Words {
  const what = main.label.replace(/^expected /, '')
  const lower = ofSamePeriod(telling, main, `lower end of the expected ${what}`)
  const upper = ofSamePeriod(telling, main, `upper end of the expected ${what}`)
  const percent = ofSamePeriod(telling, main, 'certainty of these ends')
  if (!lower || !upper || !percent) return []
  const end = (figure: Figure) => {
    const side = !isNet ? '' : figure.value < 0 ? ' fed in' : ' drawn'
    return say`${telling.amount(figure, false)}${side}`
  }
  return say`, between ${end(lower)} and ${end(upper)} (${telling.amount(percent, false)})`
}

export function wordAnomalies(telling: Telling): Words {
  const count = telling.find('anomalies found')
  if (!count) return []
  const isLearning = telling.moment('first full judgement') !== null
  const since = telling.moment('looked at since')
  const look = telling.moment('last look')
  const during = telling.during()
  if (count.value === 0) {
    const lookedAt = sentences(
      since && say`The readings have been looked at since ${sinceText(telling.when(since, 'day'))}.`,
      look && say`The last look was ${telling.when(look)}.`,
    )
    return isLearning
      ? sentences(say`Whether something is unusual cannot be told yet, though nothing has stood out ${during}.`, lookedAt)
      : sentences(
          telling.either(
            () => say`Nothing looks wrong ${during}.`,
            () => say`Nothing unusual was found ${during}.`,
            () => say`${capital(during)}, nothing stood out.`,
          ),
          lookedAt,
        )
  }
  const starts = telling.result.moments.filter(({ label }) => label.startsWith('start: '))
  const told = starts.slice(0, MOST_TOLD).map((start, index) => {
    const urgency = telling.result.table?.rows[index]?.[1]
    return wordAnomaly(telling, start, typeof urgency === 'string' ? urgency : null)
  })
  const thing = count.value === 1 ? 'thing' : 'things'
  return sentences(
    telling.either(
      () => say`${telling.amount(count)} ${thing} stood out ${during}.`,
      () => say`I found ${telling.amount(count)} unusual ${thing} ${during}.`,
      () => say`${capital(during)}, ${telling.amount(count)} ${thing} looked wrong.`,
    ),
    ...told,
    starts.length > MOST_TOLD && say`The page of insights shows them all.`,
  )
}

/** One anomaly of a result, with the value that was expected. @param urgency such as "to look at" */
export function wordAnomaly(telling: Telling, start: { id: string; label: string; at: number; href: string }, urgency: string | null): Words {
  const name = start.label.replace(/^start: /, '')
  const own = (label: string) => telling.result.figures.find((figure) => figure.label === `${label}: ${name}` && figure.href === start.href)
  const [value, expected, change] = [own('measured'), own('expected'), own('change against the expected')]
  const far =
    change && Math.abs(change.value) <= MOST_PERCENT && Math.abs(change.value) >= 1
      ? say`, ${telling.amount(change, false)} ${change.value > 0 ? 'above' : 'below'} that`
      : null
  const figures = value && expected ? say`: ${telling.amount(value)}, where ${telling.amount(expected, false)} was expected${far}` : null
  return say`${capital(say`${name}`)} began ${telling.when(start)}${figures}${urgency ? ` (${urgency})` : ''}.`
}

export function wordMaintenance(telling: Telling, { appliance }: ToolArguments<'maintenance'>): Words {
  const due = telling.result.moments.filter(({ label }) => label.startsWith('limit reached: '))
  const watched = telling.find('things watched')
  if (!watched) return []
  if (due.length === 0) {
    const normal = telling.find('things without a trend')
    if (!normal || normal.value === 0) return []
    return appliance
      ? telling.either(
          () => say`${capital(say`${subjectWords(appliance)}`)} shows no trend towards a fault.`,
          () => say`Nothing of ${subjectWords(appliance)} rises towards its limit.`,
        )
      : telling.either(
          () => say`Nothing needs maintenance as far as can be told: ${watchedWords(telling, normal)}.`,
          () => say`No appliance shows a trend towards a fault: ${watchedWords(telling, normal)}.`,
        )
  }
  return sentences(...due.slice(0, MOST_TOLD).map((moment) => wordTrend(telling, moment)))
}

const watchedWords = (telling: Telling, normal: Figure) =>
  say`${telling.amount(normal)} of the things watched ${normal.value === 1 ? 'is' : 'are'} as before`

/** What rises, to which limit, and when it reaches it. */
export function wordTrend(telling: Telling, due: { id: string; label: string; at: number; href: string }): Words {
  const name = due.label.replace(/^limit reached: /, '')
  const own = (label: string) => telling.result.figures.find((figure) => figure.label === `${label}: ${name}`) ?? null
  const [level, usual, limit, rise] = [own('now'), own('at first'), own('limit'), own('change since the first weeks')]
  const percent = own('certainty of these dates')
  const at = (label: string) => telling.moment(`${label}: ${name}`)
  const [earliest, latest] = [at('earliest'), at('latest')]
  const isBeyond = level && limit ? level.value >= limit.value : due.at <= telling.place.nowSeconds + 60
  const between =
    earliest && latest && earliest.at !== latest.at
      ? say`, between ${onlyDate(telling.when(earliest, 'day'))} and ${onlyDate(telling.when(latest, 'day'))}${percent && say` (${telling.amount(percent, false)})`}`
      : null
  return sentences(
    level && usual
      ? say`${capital(say`${name}`)} has risen from ${telling.amount(usual, false)} to ${telling.amount(level)}.`
      : rise && say`${capital(say`${name}`)} has risen by ${telling.amount(rise)}.`,
    isBeyond
      ? say`That is beyond its limit${limit ? say` of ${telling.amount(limit, false)}` : null}.`
      : say`It reaches its limit${limit ? say` of ${telling.amount(limit, false)}` : null} about ${onlyDate(telling.when(due, 'day'))}${between}, if this goes on.`,
  )
}

const onlyDate = (when: { text: string; figureId?: string }) => ({ ...when, text: when.text.replace(/^on /, '') })


export function wordSavings(telling: Telling, { appliance }: ToolArguments<'savings'>): Words {
  const saved = telling.all(/^difference in cost by /)
  const told = saved.slice(0, MOST_TOLD).map((figure) => wordSaving(telling, figure))
  if (!appliance) return sentences(...told)
  const name = subjectWords(appliance)
  const at = (which: string) => telling.moment(`cheapest start ${which}`)
  const of = (which: string) => telling.find(new RegExp(`^cost of a run of .* ${which}`)) ?? telling.find(new RegExp(`^price of a kWh ${which}`))
  const [today, tomorrow, now] = [at('today'), at('tomorrow'), of('now')]
  const [todayCost, tomorrowCost] = [of('today at'), of('tomorrow at')]
  if (!today && !tomorrow) return now ? sentences(sameWords(telling, name, now), ...told) : sentences(...told)
  const isTomorrowBetter = tomorrowCost && (!todayCost || tomorrowCost.value < todayCost.value - 1e-9)
  const [first, firstCost] = isTomorrowBetter || !today ? [tomorrow, tomorrowCost] : [today, todayCost]
  const [second, secondCost] = first === tomorrow ? [today, todayCost] : [tomorrow, tomorrowCost]
  if (!first || !firstCost) return sentences(...told)
  const costs = (figure: Figure) => say`${figure.unit === 'currency' ? 'a run then costs' : 'energy then costs'} ${telling.amount(figure)}`
  const isSoon = first.at - telling.place.nowSeconds < 900
  return sentences(
    isSoon
      ? say`Now is the cheapest time for ${name}: ${costs(firstCost)}.`
      : telling.either(
          () => say`The cheapest time for ${name} is ${telling.when(first)}: ${costs(firstCost)}.`,
          () => say`${capital(say`${name}`)} is best begun ${telling.when(first)}: ${costs(firstCost)}.`,
          () => say`Begin ${name} ${telling.when(first)}: ${costs(firstCost)}.`,
        ),
    !isSoon && now && now.value > firstCost.value + 1e-9 && say`Begun now, it would be ${telling.amount(now)}.`,
    second && secondCost && say`${capital([telling.when(second)])} it would be ${telling.amount(secondCost)}.`,
    ...told,
  )
}

const sameWords = (telling: Telling, name: string, now: Figure) =>
  telling.either(
    () => say`It makes no difference when ${name} runs: ${costWords(telling, now)}.`,
    () => say`Run ${name} whenever you like: ${costWords(telling, now)}.`,
  )
const costWords = (telling: Telling, figure: Figure) =>
  figure.unit === 'currency' ? say`a run costs ${telling.amount(figure)}` : say`energy costs ${telling.amount(figure)}`

function wordSaving(telling: Telling, saved: Figure): Words {
  const name = saved.label.replace(/^difference in cost by /, '')
  const share = telling.find(`difference as a share of all cost by ${name}`)
  const part = share && Math.abs(share.value) >= 0.1 ? say`, ${telling.amount(share, false)} of all cost` : null
  return telling.either(
    () => say`${capital(say`${name}`)} would have saved ${telling.amount(saved, true)} ${telling.during(saved.period, saved)}${part}.`,
    () => say`${capital(telling.during(saved.period, saved))}, ${name} would have saved ${telling.amount(saved, true)}${part}.`,
  )
}
