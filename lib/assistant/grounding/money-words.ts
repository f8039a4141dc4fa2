import type { MoneyWords } from './read-numbers'

/** How people write the money of a site, as regular expressions. @param currency ISO 4217 */
export function moneyWords(currency: string): MoneyWords {
  const part = (currencyDisplay: 'symbol' | 'narrowSymbol' | 'name') =>
    new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay })
      .formatToParts(2)
      .find(({ type }) => type === 'currency')?.value ?? currency
  const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const words: Record<string, string> = { EUR: 'euros?', USD: 'dollars?', GBP: 'pounds?', CHF: 'francs?|franken|sfr\\.?' }
  const cents: Record<string, string> = { EUR: 'cents?|ct', USD: 'cents?|¢', GBP: 'pence|p', CHF: 'rappen|rp\\.?' }
  const own = [
    ...new Set([part('symbol'), part('narrowSymbol'), currency].map(escape)),
    words[currency] ?? escape(part('name')),
  ].join('|')
  return { own, cents: cents[currency] ?? 'cents?' }
}
