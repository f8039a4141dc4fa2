import { describe, expect, it } from 'vitest'
import { madeRows, ROW_SECONDS } from '../testing/made-rows'
import { restFolds } from './rest-folds'

const ROWS_PER_DAY = 86_400 / ROW_SECONDS

function dealt(count: number, folds: number): { rows: ReturnType<typeof madeRows>; foldOf: Int16Array; sizes: number[] } {
  const rows = madeRows('Dryer', 0, Array.from({ length: count }, () => ({})))
  const foldOf = restFolds(rows, Array.from({ length: count }, (_, row) => row), folds)
  return { rows, foldOf, sizes: Array.from({ length: folds }, (_, fold) => foldOf.filter((own) => own === fold).length) }
}

describe('the rest in folds', () => {
  it.each([2, 3, 4, 5])('is dealt out to %i folds at all times of day, in long pieces', (folds) => {
    const { rows, foldOf, sizes } = dealt(14 * ROWS_PER_DAY, folds)
    for (let fold = 0; fold < folds; fold++) {
      const quarterOf = (row: number) => Math.floor((rows.seconds[row]! % 86_400) / 21_600)
      const quarters = new Set([...foldOf].flatMap((own, row) => (own === fold ? quarterOf(row) : [])))
      expect(quarters.size, `fold ${fold}`).toBe(4)
    }
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.3)
    const changes = [...foldOf].filter((fold, row) => row > 0 && fold !== foldOf[row - 1]).length
    expect(changes).toBeLessThanOrEqual(4 * 14)
  })

  it.each([20, 7, 5])('leaves no fold without any where all of it lies close together (%i rows)', (count) => {
    const { sizes } = dealt(count, 5)
    expect(Math.min(...sizes)).toBeGreaterThan(0)
  })

  it('is dealt out as far as there is any', () => {
    expect(dealt(2, 5).sizes.reduce((sum, size) => sum + size)).toBe(2)
    expect(dealt(0, 5).sizes).toEqual([0, 0, 0, 0, 0])
  })
})
