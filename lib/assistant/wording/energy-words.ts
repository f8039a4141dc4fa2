import type { Figure, Subject, ToolArguments } from '@/lib/contracts/assistant'
import { subjectWords } from '../names'
import { capital, listed, say, sentences, type Telling, type Words } from './sentence'

const MOST_NAMED = 3
const UNIT_OF = { energy: 'kWh', cost: 'currency', co2: 'kg' } as const satisfies Record<string, Figure['unit']>

export function wordEnergyUse(telling: Telling, given: ToolArguments<'energy_use'>): Words {
  const main = telling.result.figures[0]
  // A sum of energy is no answer to a question about money.
  if (main?.unit !== UNIT_OF[given.measure]) return []
  if (given.by === 'room') return rooms(telling)
  if (given.by === 'appliance' && given.subject === 'total') return ranking(telling, given, main)
  if (given.by !== 'none' && given.by !== 'appliance') return overTime(telling, given, main)
  return given.subject === 'total' ? whole(telling, given, main) : oneSubject(telling, given, main)
}

function whole(telling: Telling, { measure }: ToolArguments<'energy_use'>, main: Figure): Words {
  const amount = telling.amount(main)
  const during = telling.during()
  const fedIn = telling.find('energy fed in')
  const top = telling.result.figures.find(({ subject, unit }) => unit === main.unit && subject !== 'total')
  const share = top && telling.find(`share of ${subjectWords(top.subject as Subject)}`)
  const topWords =
    top && top.value > 0 && share
      ? say`${capital(say`${subjectWords(top.subject as Subject)}`)} had the largest part of it: ${telling.amount(top)}, or ${telling.amount(share)}.`
      : null
  if (measure === 'cost') {
    const energy = telling.find('energy of the whole building')
    const all = telling.find('cost with the standing charge')
    const isCredit = main.value < 0
    return sentences(
      isCredit
        ? say`${capital(during)}, feeding in earned ${amount} more than the energy drawn cost, without the standing charge.`
        : telling.either(
            () => say`Your energy cost ${amount} ${during}, without the standing charge.`,
            () => say`${capital(during)}, the energy came to ${amount}, without the standing charge.`,
            () => say`It was ${amount} for energy ${during}; the standing charge is not in it.`,
          ),
      all && say`With the standing charge it is ${telling.amount(all)}.`,
      energy && say`That was for ${telling.amount(energy)}.`,
      topWords,
    )
  }
  if (measure === 'co2') {
    return sentences(
      telling.either(
        () => say`Your electricity caused ${amount} of CO2 ${during}.`,
        () => say`${capital(during)}, the electricity you drew stands for ${amount} of CO2.`,
        () => say`${capital(amount)} of CO2 came with the electricity drawn ${during}.`,
      ),
      topWords,
    )
  }
  const cost = telling.find(/^energy cost of the whole building/)
  return sentences(
    telling.either(
      () => say`You used ${amount} ${during}.`,
      () => say`${capital(during)}, the whole building used ${amount}.`,
      () => say`The meter counted ${amount} ${during}.`,
      () => say`It was ${amount} ${during}.`,
    ),
    cost && cost.value >= 0 && say`That cost ${telling.amount(cost)} for the energy alone.`,
    fedIn && say`${capital(telling.amount(fedIn))} were fed in.`,
    topWords,
  )
}

function oneSubject(telling: Telling, { subject, measure }: ToolArguments<'energy_use'>, main: Figure): Words {
  const name = subjectWords(subject)
  const during = telling.during()
  const amount = telling.amount(main)
  if (main.value === 0) return say`As far as can be told from the meter, ${name} used nothing ${during}.`
  const share = telling.find(`share of ${name}`)
  const cost = measure === 'energy' ? telling.find(`energy cost of ${name}`) : null
  const energy = measure === 'cost' ? telling.find(`energy of ${name}`) : null
  const first = {
    energy: () =>
      telling.either(
        () => say`${capital(say`${name}`)} used ${amount} ${during}.`,
        () => say`${capital(during)}, ${name} used ${amount}.`,
        () => say`It was ${amount} for ${name} ${during}.`,
      ),
    cost: () =>
      telling.either(
        () => say`${capital(say`${name}`)} cost ${amount} ${during}.`,
        () => say`${capital(during)}, ${name} cost ${amount} for energy.`,
        () => say`Running ${name} came to ${amount} ${during}.`,
      ),
    co2: () =>
      telling.either(
        () => say`${capital(say`${name}`)} caused ${amount} of CO2 ${during}.`,
        () => say`${capital(during)}, ${name} stands for ${amount} of CO2.`,
        () => say`It was ${amount} of CO2 for ${name} ${during}.`,
      ),
  }[measure]()
  return sentences(
    first,
    share && say`That is ${telling.amount(share)} of the whole building.`,
    cost && say`It cost ${telling.amount(cost)} for the energy.`,
    energy && say`It took ${telling.amount(energy)} for that.`,
  )
}

function ranking(telling: Telling, { measure }: ToolArguments<'energy_use'>, main: Figure): Words {
  const ranked = telling.result.figures.filter(({ subject, unit }) => {
    return unit === main.unit && subject !== undefined && subject !== 'total' && subject !== 'other'
  })
  const [top, ...rest] = ranked.filter(({ value }) => value > 0)
  const during = telling.during()
  if (!top) return say`No appliance was seen to use anything ${during}. In all it was ${telling.amount(main)}.`
  const name = say`${subjectWords(top.subject as Subject)}`
  const share = telling.find(`share of ${subjectWords(top.subject as Subject)}`)
  const verb = { energy: 'used', cost: 'cost', co2: 'caused' }[measure]
  const of = measure === 'co2' ? ' of CO2' : ''
  const part = share ? say`, ${telling.amount(share, false)} of all` : null
  const other = telling.result.figures.find(({ subject, unit }) => subject === 'other' && unit === main.unit)
  const next = rest
    .slice(0, MOST_NAMED - 1)
    .map((figure) => say`${subjectWords(figure.subject as Subject)} (${telling.amount(figure)})`)
  return sentences(
    telling.either(
      () => say`${capital(name)} ${verb} the most ${during}: ${telling.amount(top)}${of}${part}.`,
      () => say`${capital(during)}, it was ${name}: ${telling.amount(top)}${of}${part}.`,
      () => say`The largest was ${name} with ${telling.amount(top)}${of} ${during}${part}.`,
    ),
    next.length > 0 && say`Then came ${listed(next)}.`,
    other &&
      other.value > 0 &&
      say`${capital(telling.amount(other))}${of} belong to none of the appliances; the total was ${telling.amount(main)}.`,
  )
}

function rooms(telling: Telling): Words {
  const [main] = telling.result.figures
  const named = telling.result.figures.filter(
    ({ device, label }) => device !== undefined && !/(?:No room|Everything else)$/.test(label),
  )
  const during = telling.during()
  const [top, ...rest] = named
  if (!main || !top) return main ? say`There are no rooms to split ${telling.amount(main)} ${during} by.` : []
  const next = rest.slice(0, MOST_NAMED - 1).map((figure) => say`${figure.device ?? ''} (${telling.amount(figure)})`)
  return sentences(
    telling.either(
      () => say`The room with the most ${during} was ${top.device ?? ''}: ${telling.amount(top)}.`,
      () => say`${capital(during)}, ${top.device ?? ''} was ahead with ${telling.amount(top)}.`,
      () => say`It was ${top.device ?? ''} ${during}, with ${telling.amount(top)}.`,
    ),
    next.length > 0 && say`Then came ${listed(next)}.`,
  )
}

function overTime(telling: Telling, { by, subject, measure }: ToolArguments<'energy_use'>, main: Figure): Words {
  const word = { energy: 'energy', cost: 'cost', co2: 'CO2' }[measure]
  const highest = telling.find(/^(?:hour|day|month) with the highest/)
  const unit = highest?.label.split(' ')[0] ?? by
  const mean = telling.find(new RegExp(`^mean .* per (?:hour|day|month)$`))
  const lowest = telling.find(/^(?:hour|day|month) with the lowest/)
  const moment = (figure: Figure | null) => figure && telling.moment(figure.label)
  const precision = unit === 'hour' ? 'minute' : unit === 'month' ? 'month' : 'day'
  const [high, low] = [moment(highest), moment(lowest)]
  const whose = subject === 'total' ? 'In all it' : `For ${subjectWords(subject)} it`
  return sentences(
    say`${whose} was ${telling.amount(main)}${measure === 'co2' ? ' of CO2' : ''} ${telling.during()}.`,
    highest &&
      high &&
      telling.either(
        () => say`The ${unit} with the highest ${word} began ${telling.when(high, precision)}: ${telling.amount(highest)}.`,
        () => say`The most came ${telling.when(high, precision)}: ${telling.amount(highest)} in that ${unit}.`,
        () => say`Highest was the ${unit} that began ${telling.when(high, precision)}, with ${telling.amount(highest)}.`,
      ),
    lowest && low && say`The least came ${telling.when(low, precision)}: ${telling.amount(lowest)}.`,
    mean && say`The mean of a${unit === 'hour' ? 'n' : ''} ${unit} was ${telling.amount(mean)}.`,
  )
}

export function wordComparison(telling: Telling, { subject, measure }: ToolArguments<'compare_periods'>): Words {
  const [own, other] = telling.result.figures.filter(({ label }) => !label.startsWith('measured share'))
  if (!own || !other || own.unit !== UNIT_OF[measure] || other.unit !== UNIT_OF[measure]) return []
  const change = telling.find(/^change in/)
  const difference = telling.find(/^difference in/)
  const [first, second] = [telling.during(own.period ?? null, own), telling.during(other.period ?? null, other)]
  const whose = subject === 'total' ? '' : ` for ${subjectWords(subject)}`
  const of = measure === 'co2' ? ' of CO2' : ''
  const [ownDay, otherDay] = telling.all(/ a day, /)
  const both =
    ownDay && otherDay
      ? say`${telling.amount(ownDay)}${of} a day ${first}, ${telling.amount(otherDay)} a day ${second}`
      : say`${telling.amount(own)}${of} ${first}, ${telling.amount(other)} ${second}`
  if (!change) return say`It was ${both}${whose}.`
  const isSame = Math.abs(change.value) < 0.5
  const noun = { energy: 'energy', cost: 'energy cost', co2: 'CO2' }[measure]
  const direction = change.value > 0 ? { energy: 'more', cost: 'more', co2: 'more' }[measure] : 'less'
  const rose = change.value > 0 ? 'rose' : 'fell'
  const movers = telling
    .all(/^difference of the/)
    .filter(({ value }) => Math.sign(value) === Math.sign(change.value) && value !== 0)
  const [mover, second2] = movers
  const moverWords = (figure: Figure) => {
    return say`${subjectWords(figure.subject as Subject)} (${telling.amount(figure)} ${figure.value > 0 ? 'more' : 'less'})`
  }
  const prices = telling.all(/^mean price of a kWh/)
  const changed = (): Words => {
    // Of times that are not equally long, what changed is the mean of a day.
    const [daily, dailyBefore] = telling.all(/ a day, /)
    if (daily && dailyBefore) {
      const means = say`${telling.amount(daily)} against ${telling.amount(dailyBefore)} on average`
      return sentences(
        say`It was ${both}${whose}.`,
        isSame
          ? say`A day, that is nearly the same: ${means}.`
          : say`A day, that is ${telling.amount(change)} ${direction}: ${means}.`,
      )
    }
    if (isSame) return say`The ${noun}${whose} is nearly the same: ${both}.`
    return telling.either(
      () => say`It is ${telling.amount(change)} ${direction}${whose}: ${both}.`,
      () => say`The ${noun}${whose} ${rose} by ${telling.amount(change)}: ${both}.`,
      () => say`${capital(telling.amount(change))} ${direction} ${noun}${whose}: ${both}.`,
    )
  }
  return sentences(
    changed(),
    difference && !isSame && say`That is a difference of ${telling.amount(difference)}.`,
    !isSame &&
      mover &&
      (second2
        ? say`Most of it was ${moverWords(mover)}, then ${moverWords(second2)}.`
        : say`Most of it was ${moverWords(mover)}.`),
    prices[0] && prices[1] && say`A kWh cost ${priceOf(telling, prices[0])} on average, against ${priceOf(telling, prices[1])}.`,
  )
}

const priceOf = (telling: Telling, figure: Figure): Words => {
  return telling.amount(figure).map((word) => ({ ...word, text: word.text.replace(/ per kWh$/, '') }))
}

export function wordPeak(telling: Telling): Words {
  const peak = telling.find('highest mean power over a quarter of an hour')
  const moment = telling.moment('start of the highest quarter of an hour')
  if (!peak || !moment) return []
  const drawing = telling
    .all(/^power of .* in the highest quarter/)
    .filter(({ subject, value }) => subject !== 'other' && value > 0)
  const on = drawing
    .slice(0, MOST_NAMED)
    .map((figure) => say`${subjectWords(figure.subject as Subject)} (${telling.amount(figure)})`)
  return sentences(
    telling.either(
      () =>
        say`The peak ${telling.during()} was ${telling.amount(peak)}, in the quarter of an hour that began ${telling.when(moment)}.`,
      () => say`${capital(say`${telling.when(moment)}`)} you drew the most: ${telling.amount(peak)} over a quarter of an hour.`,
      () => say`It peaked at ${telling.amount(peak)}, ${telling.when(moment)}, as the mean of a quarter of an hour.`,
    ),
    on.length > 0 && say`On at that time: ${listed(on)}.`,
  )
}
