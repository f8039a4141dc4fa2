/** What an amount of energy costs, in the currency of the price. Energy fed in counts at the same price, with a minus sign. */
export function energyCost(energyKwh: number, pricePerKwh: number): number {
  return energyKwh * pricePerKwh
}
