import { needsDateOrder, type DateOrder } from '@/lib/ingest/rewrite-date'
import { recordsOf, type TableColumns } from './table-columns'

const PARTS = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}/
const LAST_MONTH = 12
/** A broken row must not turn all the others round. */
const MOST_AGAINST = 0.01

/**
 * Whether a table's dates such as 25/01/2024 have the day or the month first: a part above 12 is no month.
 * @returns null where its dates are of no such kind, or none tells
 */
export async function findDateOrder(file: string, columns: TableColumns): Promise<Exclude<DateOrder, 'dotted'> | null> {
  const above = { first: 0, second: 0 }
  let isFirst = true
  for await (const { columns: names, records } of recordsOf(file, columns)) {
    if (records.length === 0) continue
    const at = names.indexOf(columns.time)
    if (isFirst && !records.some(({ cells }) => needsDateOrder(cells[at] ?? ''))) return null
    isFirst = false
    for (const { cells } of records) {
      const [, first, second] = PARTS.exec(cells[at] ?? '') ?? []
      if (Number(first) > LAST_MONTH) above.first++
      else if (Number(second) > LAST_MONTH) above.second++
    }
  }
  const [most, least] = above.first > above.second ? [above.first, above.second] : [above.second, above.first]
  if (most === 0 || least > MOST_AGAINST * most) return null
  return above.first > above.second ? 'day-first' : 'month-first'
}
