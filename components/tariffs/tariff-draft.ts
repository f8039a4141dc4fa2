import type { Translator } from '@/components/i18n/messages'
import { newTariffSchema, type NewTariff, type Tariff, type TariffRate } from '@/lib/contracts/tariffs'

export type RateKind = TariffRate['kind']

export const RATE_KINDS = ['flat', 'time_of_use', 'seasonal', 'tiered', 'dynamic'] as const satisfies readonly RateKind[]

type TariffTranslator = Translator<'tariffs'>

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

export function emptyDraft(validFrom: string, t: TariffTranslator): TariffDraft {
  return {
    name: '',
    validFrom,
    standingCharge: '',
    exportCredit: '',
    kind: 'flat',
    price: '',
    windows: [{ name: t('form.names.night'), weekdays: EVERY_DAY, from: '22:00', to: '06:00', price: '' }],
    seasons: [{ name: t('form.names.winter'), from: '10-01', to: '03-31', price: '' }],
    blocks: [
      { upTo: '100', price: '' },
      { upTo: '', price: '' },
    ],
    multiplier: '1',
    surcharge: '0',
    fallback: '',
  }
}

export function draftOf(tariff: Tariff, t: TariffTranslator): TariffDraft {
  const { rate } = tariff
  const draft = { ...emptyDraft(tariff.validFrom, t), name: tariff.name, kind: rate.kind }
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
export function tariffOf(draft: TariffDraft, t: TariffTranslator): NewTariff {
  const amount = readAmount(t)
  const result = newTariffSchema.safeParse({
    name: draft.name,
    validFrom: draft.validFrom,
    standingChargePerDay: amount(draft.standingCharge || '0', t('problems.standingCharge')),
    exportCreditPerKwh: amount(draft.exportCredit || '0', t('problems.exportCredit')),
    rate: rateOf(draft, t),
  })
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (issue?.path[0] === 'name') throw new Error(t('problems.noName'))
  if (issue?.path[0] === 'validFrom') throw new Error(t('problems.noValidFrom'))
  throw new Error(issue ? `${issue.path.join(' ')}: ${issue.message}` : t('problems.notComplete'))
}

function rateOf(draft: TariffDraft, t: TariffTranslator): TariffRate {
  const amount = readAmount(t)
  const price = (text: string, what = t('problems.price')) => amount(text, what)
  switch (draft.kind) {
    case 'flat':
      return { kind: 'flat', pricePerKwh: price(draft.price) }
    case 'time_of_use':
      return {
        kind: 'time_of_use',
        defaultPricePerKwh: price(draft.price, t('problems.otherTimes')),
        windows: draft.windows.map(({ price: text, ...window }) => ({
          ...window,
          pricePerKwh: price(text, t('problems.priceOf', { name: window.name })),
        })),
      }
    case 'seasonal':
      return {
        kind: 'seasonal',
        defaultPricePerKwh: price(draft.price, t('problems.restOfYear')),
        seasons: draft.seasons.map(({ price: text, ...season }) => ({
          ...season,
          pricePerKwh: price(text, t('problems.priceOf', { name: season.name })),
        })),
      }
    case 'tiered':
      return {
        kind: 'tiered',
        blocks: draft.blocks.map(({ upTo, price: text }, index) => ({
          upToKwh: index === draft.blocks.length - 1 ? null : amount(upTo, t('problems.endOfBlock', { block: index + 1 })),
          pricePerKwh: price(text, t('problems.priceOfBlock', { block: index + 1 })),
        })),
      }
    case 'dynamic':
      return {
        kind: 'dynamic',
        multiplier: amount(draft.multiplier, t('problems.multiplier')),
        surchargePerKwh: amount(draft.surcharge, t('problems.surcharge')),
        fallbackPricePerKwh: draft.fallback.trim() === '' ? null : price(draft.fallback, t('problems.fallback')),
      }
  }
}

/** Numbers as people type them, with a point or a comma. */
const readAmount = (t: TariffTranslator) => (text: string, what: string): number => {
  const number = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(number)) throw new Error(t('problems.notANumber', { what }))
  return number
}
