import { DateTime } from 'luxon'
import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { Tariff } from '@/lib/contracts/tariffs'
import { localDateStartSeconds } from '@/lib/domain/local-calendar'
import { listRoomsOf, listTariffsOf } from '@/lib/services/site-tariffs'
import { plainName } from '../names'
import { currentPrice } from './power-now'
import type { ResultBuilder } from './result-builder'
import { newResult, type AssistantTool, type ToolContext } from './tool-context'

const KINDS: Record<Tariff['rate']['kind'], string> = {
  flat: 'one price',
  time_of_use: 'by time of day',
  seasonal: 'by season',
  tiered: 'in blocks by monthly use',
  dynamic: 'hourly prices',
}

/** What is entered of a site: tariff, place, buildings, rooms. Names are data. */
export const siteFacts: AssistantTool<'site_facts'> = async (given, context) => {
  const result = newResult('site_facts', given, null, context)
  const { site, links } = context
  const rows: [string, string][] = []
  const wants = (topic: typeof given.topic) => given.topic === 'all' || given.topic === topic
  if (wants('location')) {
    rows.push(
      ['Site', plainName(site.name)],
      ['Location', plainName(site.location) || 'not entered'],
      ['Time zone', site.timeZone],
    )
  }
  if (wants('buildings')) {
    result.figure({ label: 'buildings', value: site.buildings.length, unit: 'count', origin: 'measured', href: links.live() })
    for (const { name, simulated } of site.buildings) {
      rows.push(['Building', `${plainName(name)}${simulated ? ' (simulated)' : ''}`])
      result.about(plainName(name))
    }
  }
  if (wants('rooms')) rows.push(...(await addRooms(result, context)))
  if (wants('tariff')) rows.push(...(await addTariff(result, context)))
  return result
    .rows(
      [
        { name: 'Fact', unit: null },
        { name: 'Value', unit: null },
      ],
      rows,
    )
    .build()
}

async function addRooms(result: ResultBuilder, { user, site, links }: ToolContext): Promise<[string, string][]> {
  const { rooms } = (await listRoomsOf(user, site.id)) ?? { rooms: [] }
  const byRoom = new Map<string, string[]>()
  for (const { room, appliance } of rooms) {
    const name = plainName(room)
    byRoom.set(name, [...(byRoom.get(name) ?? []), APPLIANCE_LABELS[appliance]])
  }
  result.figure({ label: 'rooms', value: byRoom.size, unit: 'count', origin: 'measured', href: links.tariff() })
  result.about(...byRoom.keys())
  result.note(byRoom.size === 0 && 'No appliance has been given a room yet. Rooms can be entered under Prices.')
  return [...byRoom].map(([room, appliances]) => [room, appliances.join(', ')])
}

async function addTariff(result: ResultBuilder, context: ToolContext): Promise<[string, string][]> {
  const { user, site, nowSeconds, links } = context
  const [tariffs, price] = await Promise.all([listTariffsOf(user, site.id), currentPrice(context)])
  const href = links.tariff()
  const add = (label: string, value: number, unit: 'currency/kWh' | 'currency' = 'currency/kWh') => {
    result.figure({ label, value, unit, origin: 'measured', href })
  }
  if (price !== null) add('price of a kWh now', price)
  const today = DateTime.fromSeconds(nowSeconds, { zone: site.timeZone }).toISODate() ?? ''
  const valid = (tariffs?.data ?? []).filter(({ validFrom }) => validFrom <= today).at(-1)
  if (!valid) {
    result.note('No tariff is entered; the plain price of the site counts.')
    add('plain price of a kWh', site.pricePerKwh)
    return []
  }
  const name = plainName(valid.name)
  result.about(name)
  result.moment(`start of tariff ${name}`, localDateStartSeconds(valid.validFrom, site.timeZone), href)
  add('standing charge a day', valid.standingChargePerDay, 'currency')
  if (valid.exportCreditPerKwh > 0) add('credit for a kWh fed in', valid.exportCreditPerKwh)
  for (const [label, value] of pricesOf(valid)) add(label, value)
  result.note(price === null && 'The tariff has no price for this hour.')
  return [
    ['Tariff', name],
    ['Kind', KINDS[valid.rate.kind]],
    ['Valid from', valid.validFrom],
  ]
}

function pricesOf({ rate }: Tariff): [string, number][] {
  switch (rate.kind) {
    case 'flat':
      return []
    case 'time_of_use':
      return [
        ['price outside the windows', rate.defaultPricePerKwh],
        ...rate.windows.map(({ name, from, to, pricePerKwh }): [string, number] => [
          `price ${plainName(name)}, ${from} to ${to}`,
          pricePerKwh,
        ]),
      ]
    case 'seasonal':
      return [
        ['price outside the seasons', rate.defaultPricePerKwh],
        ...rate.seasons.map(({ name, pricePerKwh }): [string, number] => [`price ${plainName(name)}`, pricePerKwh]),
      ]
    case 'tiered':
      return rate.blocks.map(({ upToKwh, pricePerKwh }, index) => [
        upToKwh === null ? `price of block ${index + 1}` : `price of block ${index + 1}, up to ${upToKwh} kWh a month`,
        pricePerKwh,
      ])
    case 'dynamic':
      return rate.surchargePerKwh === 0 ? [] : [['surcharge on the hourly price', rate.surchargePerKwh]]
  }
}
