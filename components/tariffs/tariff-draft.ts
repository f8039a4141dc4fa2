import { newTariffSchema, type NewTariff, type Tariff, type TariffRate } from '@/lib/contracts/tariffs'

export type RateKind = TariffRate['kind']

export const RATE_KINDS: Record<RateKind, string> = {
  flat: 'One price',
  time_of_use: 'By time of use',
  seasonal: 'By season',
  tiered: 'In blocks per month',
  dynamic: 'Hourly prices',
}

/** A tariff while a person types it: texts, and what each kind needs, kept while kinds are tried out. */
export interface TariffDraft {
  name: string
  validFrom: string
  standingCharge: string
  exportCredit: string
  kind: RateKind
  /** One price, or the price when no window or season applies. */
  price: string
  windows: { name: string; weekdays: number[]; from: string; to: string; price: string }[]
  seasons: { name: string; from: string; to: string; price: string }[]
  blocks: { upTo: string; price: string }[]
  multiplier: string
  surcharge: string
  fallback: string
}

export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

export function emptyDraft(validFrom: string): TariffDraft {
  return {
    name: '',
    validFrom,
    standingCharge: '',
    exportCredit: '',
    kind: 'flat',
    price: '',
    windows: [{ name: 'Night', weekdays: EVERY_DAY, from: '22:00', to: '06:00', price: '' }],
    seasons: [{ name: 'Winter', from: '10-01', to: '03-31', price: '' }],
    blocks: [
      { upTo: '100', price: '' },
      { upTo: '', price: '' },
    ],
    multiplier: '1',
    surcharge: '0',
    fallback: '',
  }
}

export function draftOf(tariff: Tariff): TariffDraft {
  const { rate } = tariff
  const draft = { ...emptyDraft(tariff.validFrom), name: tariff.name, kind: rate.kind }
  const common = { standingCharge: String(tariff.standingChargePerDay), exportCredit: String(tariff.exportCreditPerKwh) }
  switch (rate.kind) {
    case 'flat':
      return { ...draft, ...common, price: String(rate.pricePerKwh) }
    case 'time_of_use':
      return {
        ...draft,
        ...common,
        price: String(rate.defaultPricePerKwh),
        windows: rate.windows.map(({ pricePerKwh, ...window }) => ({ ...window, price: String(pricePerKwh) })),
      }
    case 'seasonal':
      return {
        ...draft,
        ...common,
        price: String(rate.defaultPricePerKwh),
        seasons: rate.seasons.map(({ pricePerKwh, ...season }) => ({ ...season, price: String(pricePerKwh) })),
      }
    case 'tiered':
      return {
        ...draft,
        ...common,
        blocks: rate.blocks.map(({ upToKwh, pricePerKwh }) => ({
          upTo: upToKwh === null ? '' : String(upToKwh),
          price: String(pricePerKwh),
        })),
      }
    case 'dynamic':
      return {
        ...draft,
        ...common,
        multiplier: String(rate.multiplier),
        surcharge: String(rate.surchargePerKwh),
        fallback: rate.fallbackPricePerKwh === null ? '' : String(rate.fallbackPricePerKwh),
      }
  }
}

/** @throws Error that says what is still wrong */
export function tariffOf(draft: TariffDraft): NewTariff {
  const result = newTariffSchema.safeParse({
    name: draft.name,
    validFrom: draft.validFrom,
    standingChargePerDay: amount(draft.standingCharge || '0', 'The standing charge'),
    exportCreditPerKwh: amount(draft.exportCredit || '0', 'The credit for energy fed in'),
    rate: rateOf(draft),
  })
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (issue?.path[0] === 'name') throw new Error('Give the tariff a name.')
  if (issue?.path[0] === 'validFrom') throw new Error('Say from which day on the tariff holds.')
  throw new Error(issue ? `${issue.path.join(' ')}: ${issue.message}` : 'The tariff is not complete.')
}

function rateOf(draft: TariffDraft): TariffRate {
  const price = (text: string, what = 'The price') => amount(text, what)
  switch (draft.kind) {
    case 'flat':
      return { kind: 'flat', pricePerKwh: price(draft.price) }
    case 'time_of_use':
      return {
        kind: 'time_of_use',
        defaultPricePerKwh: price(draft.price, 'The price at all other times'),
        windows: draft.windows.map(({ price: text, ...window }) => ({
          ...window,
          pricePerKwh: price(text, `The price of ${window.name}`),
        })),
      }
    case 'seasonal':
      return {
        kind: 'seasonal',
        defaultPricePerKwh: price(draft.price, 'The price in the rest of the year'),
        seasons: draft.seasons.map(({ price: text, ...season }) => ({
          ...season,
          pricePerKwh: price(text, `The price of ${season.name}`),
        })),
      }
    case 'tiered':
      return {
        kind: 'tiered',
        blocks: draft.blocks.map(({ upTo, price: text }, index) => ({
          upToKwh: index === draft.blocks.length - 1 ? null : amount(upTo, `The end of block ${index + 1}`),
          pricePerKwh: price(text, `The price of block ${index + 1}`),
        })),
      }
    case 'dynamic':
      return {
        kind: 'dynamic',
        multiplier: amount(draft.multiplier, 'The multiplier'),
        surchargePerKwh: amount(draft.surcharge, 'The surcharge'),
        fallbackPricePerKwh: draft.fallback.trim() === '' ? null : price(draft.fallback, 'The price without an hourly one'),
      }
  }
}

function amount(text: string, what: string): number {
  const number = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(number)) throw new Error(`${what} has to be a number.`)
  return number
}
