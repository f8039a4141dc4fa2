// npx tsx scripts/nilm-predict/testing/write-hostile-table.ts "reversed" 200 reversed.csv: one of the tables the
// tests use, in the size of a real one. Without arguments it lists them.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DOUBTFUL_TABLES } from './doubtful-tables'
import { EQUAL_TABLES } from './equal-tables'
import { REFUSED_TABLES } from './refused-tables'

const SEED = 11
const PROBE_ROWS = 2000
const WRITE_BYTES = 1 << 20

const tables = [...EQUAL_TABLES, ...DOUBTFUL_TABLES, ...REFUSED_TABLES]
const [name, megabytes, file] = process.argv.slice(2)
const table = tables.find((candidate) => candidate.name === name)
if (!table || !file) {
  console.log(`Give a name, megabytes and a file. Names:\n${tables.map((candidate) => `  ${candidate.name}`).join('\n')}`)
  process.exitCode = 1
} else {
  let probedBytes = 0
  for (const piece of table.text(PROBE_ROWS, SEED)) probedBytes += Buffer.byteLength(piece)
  const rows = Math.ceil((Number(megabytes) * 1e6 * PROBE_ROWS) / probedBytes)
  await pipeline(Readable.from(gathered(table.text(rows, SEED))), createWriteStream(file))
  console.log(`${rows} rows in ${file}`)
}

function* gathered(pieces: Iterable<string | Buffer>): Generator<Buffer> {
  let waiting: Buffer[] = []
  let bytes = 0
  for (const piece of pieces) {
    waiting.push(Buffer.from(piece))
    bytes += waiting.at(-1)!.length
    if (bytes < WRITE_BYTES) continue
    yield Buffer.concat(waiting)
    waiting = []
    bytes = 0
  }
  yield Buffer.concat(waiting)
}
