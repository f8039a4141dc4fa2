/** 2024-01-25 12:00:00 UTC. */
export const START_SECONDS = 1_706_184_000

export interface TableRow {
  timestampSeconds: number
  powerWatts: number
}

/** Reproducible numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A made-up home's mains at a second: base load, refrigerator, kettle, washing machine and noise, to a tenth of a watt. */
export function powerAt(second: number, seed: number): number {
  const refrigerator = second % 1800 < 700 ? 95 : 0
  const kettle = second % 900 > 400 && second % 900 < 520 ? 2050 : 0
  const washing = second % 7200 > 3000 && second % 7200 < 5600 ? 250 + 1700 * Number(second % 900 < 350) : 0
  const random = randomNumbers(seed * 7919 + second)
  // The first numbers of neighbouring seeds are neighbours too.
  random()
  random()
  const noise = random()
  return Math.round(10 * (140 + refrigerator + kettle + washing + 12 * (noise - 0.5))) / 10
}

/** Row number `i` of a meter that reports every `intervalSeconds`. */
export function rowAt(i: number, seed: number, intervalSeconds = 1, fromSeconds = START_SECONDS): TableRow {
  const offset = Math.round((i + 1) * intervalSeconds * 1000) / 1000
  return { timestampSeconds: Math.round((fromSeconds + offset) * 1000) / 1000, powerWatts: powerAt(Math.floor(offset), seed) }
}

export function* steadyRows(rows: number, seed: number, intervalSeconds = 1, fromSeconds = START_SECONDS): Generator<TableRow> {
  for (let i = 0; i < rows; i++) yield rowAt(i, seed, intervalSeconds, fromSeconds)
}

/** The rows in an order given by their numbers. */
export function* rowsInOrder(order: Iterable<number>, seed: number): Generator<TableRow> {
  for (const i of order) yield rowAt(i, seed)
}

export function* reversed(rows: number): Generator<number> {
  for (let i = rows - 1; i >= 0; i--) yield i
}

export function shuffled(rows: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, i) => i)
  const random = randomNumbers(seed)
  for (let i = rows - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    const moved = order[i]!
    order[i] = order[other]!
    order[other] = moved
  }
  return order
}

/** Pieces of `size` rows, each written backward. */
export function* reversedPieces(rows: number, size: number): Generator<number> {
  for (let from = 0; from < rows; from += size) for (let i = Math.min(from + size, rows) - 1; i >= from; i--) yield i
}

/** The second half before the first. */
export function* halvesSwapped(rows: number): Generator<number> {
  const half = Math.floor(rows / 2)
  for (let i = half; i < rows; i++) yield i
  for (let i = 0; i < half; i++) yield i
}

export interface TableForm {
  header?: string
  delimiter?: string
  lineEnd?: string
  time?: (seconds: number) => string
  power?: (watts: number) => string
  /** How a line is made of its two cells. */
  line?: (time: string, power: string) => string
}

/** A table's text, line by line. */
export function* tableText(rows: Iterable<TableRow>, form: TableForm = {}): Generator<string> {
  const { delimiter = ',', lineEnd = '\n', time = String, power = String } = form
  const { header = `timestamp${delimiter}power_total`, line = (a, b) => `${a}${delimiter}${b}` } = form
  if (header !== '') yield header + lineEnd
  for (const row of rows) yield line(time(row.timestampSeconds), power(row.powerWatts)) + lineEnd
}

/** What a clock in a zone shows, as `2024-10-27 02:30:00`. */
export function localText(timeZone: string): (seconds: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (seconds) => format.format(seconds * 1000)
}
