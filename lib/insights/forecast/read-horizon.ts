const UNIT_HOURS: Record<string, number> = { h: 1, d: 24 }
export const MOST_HOURS = 168

/** Hours of a horizon as people write it, `1h` to `7d`; null for anything else. */
export function readHorizonHours(text: string): number | null {
  const [, count, unit] = /^(\d{1,3})([hd])$/.exec(text.trim().toLowerCase()) ?? []
  const hours = Number(count) * (UNIT_HOURS[unit ?? ''] ?? Number.NaN)
  return hours >= 1 && hours <= MOST_HOURS ? hours : null
}
