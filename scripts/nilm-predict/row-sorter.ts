import type { InputRow } from './input-rows'

/** Puts rows into time order within a bounded number of rows: a heap that gives up its oldest when it is full. */
export class RowSorter {
  private readonly heap: InputRow[] = []

  constructor(private readonly capacity: number) {}

  /** @returns the oldest row held, once there are more than `capacity` */
  push(row: InputRow): InputRow | null {
    const { heap } = this
    let at = heap.push(row) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (isOrdered(heap[parent]!, row)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = row
    return heap.length > this.capacity ? this.pop() : null
  }

  /** @returns the oldest row, null when there is none */
  pop(): InputRow | null {
    const { heap } = this
    const oldest = heap[0]
    const last = heap.pop()
    if (!oldest || !last) return null
    if (heap.length === 0) return oldest
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isOrdered(heap[child + 1]!, heap[child]!)) child++
      if (isOrdered(last, heap[child]!)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return oldest
  }
}

/** By time; rows of the same time stay in file order. */
function isOrdered(a: InputRow, b: InputRow): boolean {
  return a.timestampSeconds < b.timestampSeconds || (a.timestampSeconds === b.timestampSeconds && a.index < b.index)
}
