import type { Subject, ToolArguments } from '@/lib/contracts/assistant'
import { applianceWord, subjectWords } from '../names'
import { wordAnomaly, wordTrend } from './insight-words'
import { capital, listed, say, sentences, sinceText, type Telling, type Words } from './sentence'

export function wordPowerNow(telling: Telling, { subject = 'total' }: ToolArguments<'power_now'>): Words {
  const total = telling.find('power of the whole building now')
  const cost = telling.find(/^energy cost of .* an hour/)
  const price = telling.find('price of a kWh now')
  if (!total) return []
  const costWords = cost && cost.value > 0 && say`At this power that is ${telling.amount(cost)}.`
  if (subject !== 'total') {
    const own = telling.result.figures.find((figure) => figure.subject === subject && figure.unit === 'W')
    if (!own) return say`The whole building draws ${telling.amount(total)} now.`
    const isOff = telling.result.states?.find((state) => state.subject === subject)?.isOn === false
    const name = subjectWords(subject)
    return sentences(
      isOff
        ? say`${capital(say`${name}`)} is off now.`
        : telling.either(
            () => say`${capital(say`${name}`)} draws ${telling.amount(own)} now.`,
            () => say`Right now it is ${telling.amount(own)} for ${name}.`,
            () => say`At the moment, ${name} takes ${telling.amount(own)}.`,
          ),
      say`The whole building draws ${telling.amount(total)}.`,
      !isOff && costWords,
    )
  }
  if (total.value < 0) return say`The building is feeding in ${telling.amount(total)} at the moment.`
  const on = telling.all(/^power of the .* now$/).filter((figure) => figure.subject !== 'total' && figure.value > 0)
    .filter(({ subject: own }) => own !== 'other')
  const named = on.map((figure) => say`${subjectWords(figure.subject as Subject)} (${telling.amount(figure)})`)
  const states = telling.result.states ?? []
  const isNothingOn = states.length > 0 && states.every(({ isOn }) => isOn === false)
  return sentences(
    telling.either(
      () => say`Right now you draw ${telling.amount(total)}.`,
      () => say`The whole building takes ${telling.amount(total)} at the moment.`,
      () => say`It is ${telling.amount(total)} just now.`,
    ),
    named.length > 0 && say`Recognised as on: ${listed(named)}.`,
    isNothingOn && say`None of the appliances is recognised as on; what is drawn goes to everything else.`,
    costWords,
    !cost && price && say`A kWh costs ${telling.amount(price)} now.`,
  )
}

export function wordRuns(telling: Telling, { appliance, about }: ToolArguments<'runs'>): Words {
  const name = `the ${applianceWord(appliance)}`
  const Name = capital(say`${name}`)
  const count = telling.find(/^runs of/)
  if (!count) return []
  const during = telling.during()
  if (count.value === 0) {
    const before = telling.moment('last run before')
    return sentences(say`${Name} was not seen to run ${during}.`, before && say`It last ran ${telling.when(before)}.`)
  }
  const times = say`${count.value === 1 ? [{ text: 'once', figureId: count.id }] : say`${telling.amount(count)} times`}`
  const last = telling.moment('start of the last run')
  const first = telling.moment('start of the first run') ?? last
  const lastLength = telling.find('length of the last run')
  const pause = telling.moment('pause of the last run')
  const mean = telling.find('mean length of a run')
  const total = telling.find('total length of the runs')
  const cost = telling.find('energy cost of the runs')
  const meanCost = telling.find('mean energy cost of a run')
  const energy = telling.find('energy of the runs')
  const lastWords = last && say`The last run began ${telling.when(last)}.`
  switch (about) {
    case 'duration':
      return sentences(
        total &&
          telling.either(
            () => say`${Name} ran for ${telling.amount(total)} in all ${during}.`,
            () => say`${capital(during)}, ${name} was on for ${telling.amount(total)}.`,
            () => say`In all, ${name} ran ${telling.amount(total)} ${during}.`,
          ),
        mean && count.value > 1 && say`It ran ${times}, ${telling.amount(mean)} on average.`,
      )
    case 'last':
      return sentences(
        last &&
          telling.either(
            () => say`${Name} last ran ${telling.when(last)}.`,
            () => say`The last run of ${name} began ${telling.when(last)}.`,
            () => say`It was ${telling.when(last)} that ${name} last started.`,
          ),
        lastLength && telling.moment('end of the last run') && say`It took ${telling.amount(lastLength)}.`,
        lastLength && pause && say`It has paused since ${sinceText(telling.when(pause))} and may go on; up to then it took ${telling.amount(lastLength)}.`,
        lastLength && !pause && !telling.moment('end of the last run') && say`It has been on for ${telling.amount(lastLength)} so far.`,
      )
    case 'first':
      return first ? say`The first run of ${name} ${during} began ${telling.when(first)}.` : []
    case 'cost':
      return sentences(
        cost
          ? telling.either(
              () => say`The runs of ${name} cost ${telling.amount(cost)} ${during}.`,
              () => say`${capital(during)}, running ${name} cost ${telling.amount(cost)} for the energy.`,
              () => say`It was ${telling.amount(cost)} for the runs of ${name} ${during}.`,
            )
          : say`What the runs of ${name} cost is not known.`,
        say`It ran ${times}.`,
        meanCost && count.value > 1 && say`A run cost ${telling.amount(meanCost)} on average.`,
        energy && say`They took ${telling.amount(energy)}.`,
      )
    case 'count':
    case 'list':
      return sentences(
        telling.either(
          () => say`${Name} ran ${times} ${during}.`,
          () => say`${capital(during)}, ${name} ran ${times}.`,
          () => say`${Name} was used ${times} ${during}.`,
        ),
        mean && say`${count.value === 1 ? 'It' : 'A run'} took ${telling.amount(mean)}${count.value === 1 ? '' : ' on average'}.`,
        lastWords,
      )
  }
}

export function wordAlwaysOn(telling: Telling): Words {
  const power = telling.find('power that is always on')
  if (!power) return []
  const energy = telling.find('energy of what is always on, a month')
  const cost = telling.find('energy cost of what is always on, a month')
  const share = telling.find('share of what is always on')
  return sentences(
    telling.either(
      () => say`${capital(telling.amount(power))} are always on, day and night.`,
      () => say`Whatever happens, your home draws ${telling.amount(power)}.`,
      () => say`The base load is ${telling.amount(power)}.`,
    ),
    energy &&
      (cost
        ? say`In a month that comes to ${telling.amount(energy)} and ${telling.amount(cost)}.`
        : say`In a month that comes to ${telling.amount(energy)}.`),
    share && say`It is ${telling.amount(share)} of what was used ${telling.during(share.period ?? null, share)}.`,
  )
}

export function wordState(telling: Telling, { appliance }: ToolArguments<'appliance_state'>): Words {
  const name = `the ${applianceWord(appliance)}`
  const Name = capital(say`${name}`)
  const [state] = telling.result.states ?? []
  const power = telling.find(/^power of the .* now$/)
  const since = telling.moment('on since')
  const start = telling.moment('start of the last run')
  const pause = telling.moment('paused since')
  const change = telling.find('change in energy a day')
  const [recent, before] = [telling.find('energy a day, last four weeks'), telling.find('energy a day, the four weeks before')]
  const duty = telling.find('share of the time it was on, last seven days')
  const now = state?.isOn
    ? sentences(
        power &&
          telling.either(
            () => say`${Name} is on and draws ${telling.amount(power)}.`,
            () => say`${Name} is on now, at ${telling.amount(power)}.`,
            () => say`It is on: ${name} takes ${telling.amount(power)} at the moment.`,
          ),
        since && say`It has been on since ${sinceText(telling.when(since))}.`,
      )
    : state?.isOn === false
      ? (wordIdle(telling, name) ?? sentences(
          telling.either(
            () => say`${Name} is off now.`,
            () => say`At the moment ${name} is off.`,
            () => say`${Name} is not on at the moment.`,
          ),
          pause
            ? start && say`Its run that began ${telling.when(start)} has paused since ${sinceText(telling.when(pause))} and may go on.`
            : start && say`Its last run began ${telling.when(start)}.`,
        ))
      : start && say`The last run of ${name} began ${telling.when(start)}.`
  const isSteady = change !== null && Math.abs(change.value) < 10
  const trend =
    recent &&
    before &&
    change &&
    (isSteady
      ? say`It behaves as before: ${telling.amount(recent)} a day in the last four weeks, ${telling.amount(before)} in the four weeks before.`
      : say`It uses ${telling.amount(change)} ${change.value > 0 ? 'more' : 'less'} than before: ${telling.amount(recent)} a day in the last four weeks, ${telling.amount(before)} in the four weeks before.`)
  const use = sentences(now, trend, !trend && duty && say`It was on for ${telling.amount(duty)} of the last seven days.`)
  const { isWrong, words } = wordHealth(telling, name)
  return isWrong ? sentences(words, use) : sentences(use, words)
}

/** How many times the usual pause one may be before it is worth saying. */
const LONG_PAUSES = 3

/** Of what switches itself on and off all day and pauses: that it does, and whether that is usual. */
function wordIdle(telling: Telling, name: string): Words | null {
  const end = telling.moment('end of the last run') ?? telling.moment('paused since')
  const usual = telling.find('usual pause between runs')
  if (!end || !usual) return null
  const length = telling.find(/^length of the last run/)
  const isLong = telling.place.nowSeconds - end.at > LONG_PAUSES * usual.value
  return sentences(
    isLong
      ? say`${capital(say`${name}`)} has been idle for longer than usual: its last run ended ${telling.when(end)}, and it usually pauses for ${telling.amount(usual)}.`
      : say`${capital(say`${name}`)} is idle between its runs, as is usual: it switches itself on and off, and pauses for ${telling.amount(usual)} in between.`,
    !isLong && say`Its last run ended ${telling.when(end)}${length ? say` after ${telling.amount(length)}` : null}.`,
  )
}

/** What looks wrong of an appliance, or that nothing does. */
function wordHealth(telling: Telling, name: string): { isWrong: boolean; words: Words } {
  const starts = telling.result.moments.filter(({ label }) => label.startsWith('start: '))
  const due = telling.result.moments.filter(({ label }) => label.startsWith('limit reached: '))
  const found = telling.find('anomalies found')
  const steady = telling.find('days watched without a trend towards a fault')
  const words = sentences(
    ...starts.slice(0, 2).map((start) => wordAnomaly(telling, start, null)),
    ...due.slice(0, 1).map((moment) => wordTrend(telling, moment)),
    found?.value === 0 && due.length === 0 && say`Nothing unusual was found of ${name} ${telling.during(found.period, found)}.`,
    steady && due.length === 0 && say`In ${[{ text: `${steady.value} days`, figureId: steady.id }]} it has shown no trend towards a fault.`,
  )
  return { isWrong: starts.length + due.length > 0, words }
}
