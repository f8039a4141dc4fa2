import type { Figure, ToolArguments } from '@/lib/contracts/assistant'
import { capital, listed, say, sentences, type Telling, type Words } from './sentence'

const NAMES = { voltage: 'voltage', frequency: 'frequency', power_factor: 'power factor', thd: 'distortion (THD)' } as const

export function wordQuality(telling: Telling, { quantity }: ToolArguments<'electrical_quality'>): Words {
  const keys = quantity === 'all' ? (Object.keys(NAMES) as (keyof typeof NAMES)[]) : [quantity]
  const parts = keys.flatMap((key) => {
    const at = (which: string) => telling.result.figures.find(({ label }) => label.startsWith(`${which} ${NAMES[key]}`)) ?? null
    const [mean, low, high] = [at('mean'), at('lowest'), at('highest')]
    if (!mean || !low || !high) return []
    return [
      say`The ${NAMES[key]} was ${telling.amount(mean)} on average, between ${telling.amount(low)} and ${telling.amount(high)}.`,
    ]
  })
  return sentences(...parts)
}

export function wordDevices(telling: Telling): Words {
  const count = telling.find(/^devices(?: of cluster .*)?$/)
  if (!count) return []
  const own = telling.find('devices with a meter of their own')
  const estimated = telling.find('appliances estimated from the main meter')
  const names = telling.result.devices.slice(0, 8)
  return sentences(
    telling.either(
      () => say`Devices here: ${telling.amount(count)}.`,
      () => say`I know ${telling.amount(count)} ${count.value === 1 ? 'device' : 'devices'} of this site.`,
      () => say`This site has ${telling.amount(count)} ${count.value === 1 ? 'device' : 'devices'}.`,
    ),
    own && own.value > 0 && say`${counted(telling, own, 'device has', 'devices have')} a meter of their own.`,
    estimated &&
      estimated.value > 0 &&
      say`${counted(telling, estimated, 'appliance is', 'appliances are')} told from the main meter.`,
    names.length > 0 && say`Among them: ${listed(names.map((name) => say`${name}`))}.`,
  )
}

const counted = (telling: Telling, figure: Figure, one: string, many: string) => {
  return say`${telling.amount(figure)} ${figure.value === 1 ? one : many}`
}

export function wordFacts(telling: Telling, { topic }: ToolArguments<'site_facts'>): Words {
  const rows = telling.result.table?.rows ?? []
  const fact = (name: string) => {
    const value = rows.find(([key]) => key === name)?.[1]
    return typeof value === 'string' ? value : null
  }
  const price = telling.find('price of a kWh now') ?? telling.find('plain price of a kWh')
  const standing = telling.find('standing charge a day')
  const start = telling.result.moments.find(({ label }) => label.startsWith('start of tariff'))
  const buildings = telling.find('buildings')
  const rooms = telling.find('rooms')
  const tariff = sentences(
    price &&
      telling.either(
        () => say`A kWh costs ${withoutUnit(telling.amount(price))} now.`,
        () => say`You pay ${telling.amount(price)} at the moment.`,
        () => say`The price is ${telling.amount(price)} now.`,
      ),
    standing && standing.value > 0 && say`The standing charge is ${telling.amount(standing)} a day.`,
    fact('Tariff') !== null &&
      start &&
      say`The tariff is called ${fact('Tariff') ?? ''} and began ${telling.when(start, 'day')}.`,
  )
  const location = fact('Location')
  const place = sentences(
    location !== null && location !== 'not entered' ? say`The site lies at ${location}.` : null,
    location === 'not entered' && say`Where the site lies has not been entered.`,
    fact('Time zone') !== null && say`Its time zone is ${fact('Time zone') ?? ''}.`,
  )
  const names = telling.result.devices
  const buildingWords =
    buildings && say`The site has ${telling.amount(buildings)} ${buildings.value === 1 ? 'building' : 'buildings'}.`
  const roomWords =
    rooms &&
    (rooms.value === 0
      ? null
      : say`Appliances have been given to ${telling.amount(rooms)} ${rooms.value === 1 ? 'room' : 'rooms'}.`)
  switch (topic) {
    case 'tariff':
      return tariff
    case 'location':
      return place
    case 'buildings':
      return sentences(buildingWords, names.length > 0 && say`Called: ${listed(names.map((name) => say`${name}`))}.`)
    case 'rooms':
      return sentences(roomWords, names.length > 0 && say`They are ${listed(names.map((name) => say`${name}`))}.`)
    case 'all':
      return sentences(place, buildingWords, roomWords, tariff)
  }
}

const withoutUnit = (words: Words): Words => words.map((word) => ({ ...word, text: word.text.replace(/ per kWh$/, '') }))

export function wordCoverage(telling: Telling): Words {
  const share = telling.find('measured share of the time')
  const missing = telling.find('time not measured')
  const age = telling.find(/^age of the newest reading/)
  const first = telling.moment('first reading')
  if (!share) return []
  return sentences(
    telling.either(
      () => say`${capital(telling.amount(share))} of the time was measured ${telling.during()}.`,
      () => say`${capital(telling.during())}, the meter covered ${telling.amount(share)} of the time.`,
      () => say`The readings cover ${telling.amount(share)} of the time ${telling.during()}.`,
    ),
    missing && missing.value >= 60 && say`Missing are ${telling.amount(missing)}.`,
    age && say`The newest reading is ${telling.amount(age)} old.`,
    first && say`Readings began ${telling.when(first, 'day')}.`,
  )
}
