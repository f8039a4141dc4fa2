import { expect, it } from 'vitest'
import { timeWriter } from './write-time'

const AT = Date.UTC(2025, 5, 1, 12, 30) / 1000

it.each([
  ['1748779200', 'UTC', '1748781000'],
  ['1748779200000', 'UTC', '1748781000000'],
  ['2025-06-01T12:00:00Z', 'UTC', '2025-06-01T12:30:00Z'],
  ['2025-06-01 12:00:00', 'UTC', '2025-06-01 12:30:00'],
  ['2025-06-01 14:00', 'Europe/Berlin', '2025-06-01 14:30:00'],
  ['2025-06-01T14:00:00+02:00', 'UTC', '2025-06-01T14:30:00+02:00'],
  ['2025/06/01 12:00:00', 'UTC', '2025/06/01 12:30:00'],
  ['01.06.2025 12:00', 'UTC', '2025-06-01T12:30:00Z'],
])('writes the next time as the file does: %s in %s', (example, zone, written) => {
  expect(timeWriter(example, zone)(AT)).toBe(written)
})
