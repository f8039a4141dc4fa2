import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { textLines } from '@/lib/ingest/text-lines'
import { DELTA_BYTE_ARRAY, parquetOfPages, soundParquet, withMetadata } from './testing/hostile-parquet'
import { readText, wattsOf } from './testing/read-text'

const GIGABYTE = 1024 ** 3
const read = (content: Buffer) => readText(content, { name: 'meter.parquet' })
const LITTLE = new Uint8Array(64)

describe('a Parquet file that claims more than it holds is refused before it takes the memory', { timeout: 60_000 }, () => {
  it('while a sound one is read', async () => {
    const sound = await read(Buffer.from(soundParquet(300)))
    expect(sound.rejected).toEqual([])
    expect(wattsOf(sound)).toHaveLength(300)
    expect(wattsOf(await read(withMetadata(soundParquet(300), () => {})))).toHaveLength(300)
  })

  it.each([
    ['billions of rows in its description', 2n ** 60n, /more than the 500,000,000 there may be/],
    ['more rows than its pages hold', 400n, /300 values in a row group of 400 rows/],
    ['fewer than none', -1n, /claims -1 rows/],
  ])('%s', async (_, rows, message) => {
    const claim = withMetadata(soundParquet(300), (metadata) => {
      metadata.num_rows = rows
      metadata.row_groups[0]!.num_rows = rows
    })
    await expect(read(claim)).rejects.toThrow(message)
  })

  it('row groups that do not make its rows', async () => {
    await expect(read(withMetadata(soundParquet(300), (metadata) => void (metadata.num_rows = 7n)))).rejects.toThrow(/claims 7 rows/)
  })

  it('a column beyond its end', async () => {
    const claim = withMetadata(soundParquet(300), ({ row_groups: [group] }) => {
      group!.columns[0]!.meta_data!.total_compressed_size = 2n ** 40n
    })
    await expect(read(claim)).rejects.toThrow(/lies beyond its end/)
  })

  it.each([
    ['GZIP', gzipSync(Buffer.alloc(100_000))],
    ['BROTLI', brotliCompressSync(Buffer.alloc(100_000))],
    ['SNAPPY', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07, 0])],
    ['ZSTD', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0xff, 0xff, 0xff, 0x7f, 1, 0, 0])],
    ['LZ4_RAW', LITTLE],
    ['UNCOMPRESSED', LITTLE],
  ] as const)('pages packed with %s that are to unpack to gigabytes', async (codec, content) => {
    const bomb = parquetOfPages(4, { values: 4, unpackedBytes: 2 * GIGABYTE - 1, content }, codec)
    await expect(read(bomb)).rejects.toThrow(/unpacks to 4 values in 2,048 MB; .* smaller row groups and pages/)
  })

  it.each([
    ['GZIP', gzipSync(Buffer.alloc(10_000_000))],
    ['BROTLI', brotliCompressSync(Buffer.alloc(10_000_000))],
  ] as const)('pages packed with %s that unpack to more than they say', async (codec, content) => {
    await expect(read(parquetOfPages(4, { values: 4, unpackedBytes: 32, content }, codec))).rejects.toThrow(/cannot be read as Parquet/)
  })

  it('pages of a thousand million values', async () => {
    const page = { values: 1_000_000_000, unpackedBytes: 64, content: LITTLE }
    await expect(read(parquetOfPages(4, page, 'UNCOMPRESSED'))).rejects.toThrow(/1,000,000,000 values/)
  })

  it('values that each repeat the one before', async () => {
    const page = { values: 4, unpackedBytes: 64, content: LITTLE, encoding: DELTA_BYTE_ARRAY }
    await expect(read(parquetOfPages(4, page, 'UNCOMPRESSED'))).rejects.toThrow(/another encoding/)
  })

  it.each([
    ['a description longer than the file', (file: Buffer) => file.writeUInt32LE(0x7fffffff, file.length - 8), /takes 2,048 MB/],
    ['rubbish as its description', (file: Buffer) => file.fill(0xff, file.length - 200, file.length - 8), /cannot be read as Parquet/],
    ['nothing behind its mark', (file: Buffer) => file.fill(0, 4), /cannot be read as Parquet/],
  ])('%s', async (_, spoil, message) => {
    const file = Buffer.from(soundParquet(300))
    spoil(file)
    await expect(read(file)).rejects.toThrow(message)
  })
})

describe('a packed file that unpacks to far more than measurements do is refused', { timeout: 60_000 }, () => {
  it.each([
    ['blank lines', '\n'],
    ['one row again and again', '1706184001,100\n'],
    ['zeros', '\0'],
  ])('%s', async (_, piece) => {
    const bomb = gzipSync(`timestamp,power_total\n${piece.repeat(Math.ceil(40_000_000 / piece.length))}`)
    await expect(readText(bomb, { name: 'meter.csv.gz' })).rejects.toThrow(/200 times its size.*Unpack it first|over 1 MB/)
  })

  it('but not a meter whose power never changes', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'regular-'))
    try {
      const file = path.join(folder, 'meter.csv.gz')
      const rows = Array.from({ length: 1_200_000 }, (_, i) => `${1_706_184_000 + i},100.0`)
      writeFileSync(file, gzipSync(`timestamp,power_total\n${rows.join('\n')}`))
      let lines = 0
      for await (const batch of textLines(file, { unpack: true })) lines += batch.length
      expect(lines).toBe(1_200_001)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
