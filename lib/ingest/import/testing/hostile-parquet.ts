import { parquetMetadata, type CompressionCodec, type FileMetaData } from 'hyparquet'
import { ByteWriter, parquetWriteBuffer } from 'hyparquet-writer'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js'

/** As the standard counts them. */
const DATA_PAGE = 0
const [PLAIN, RLE] = [0, 3]
export const DELTA_BYTE_ARRAY = 7

/** A page as its header describes it, whatever it holds. */
export interface ClaimedPage {
  values: number
  unpackedBytes: number
  encoding?: number
  content: Uint8Array
}

/** A sound file of times and powers. */
export function soundParquet(rows: number): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'timestamp', data: Float64Array.from({ length: rows }, (_, i) => 1_706_184_000 + i), type: 'DOUBLE' },
        { name: 'power_total', data: Float64Array.from({ length: rows }, (_, i) => 100 + (i % 7)), type: 'DOUBLE' },
      ],
      codec: 'UNCOMPRESSED',
      statistics: false,
    }),
  )
}

/** The same file with another description of what it holds. */
export function withMetadata(file: Uint8Array, change: (metadata: FileMetaData) => void): Buffer {
  const metadata = parquetMetadata(file)
  change(metadata)
  const body = file.subarray(0, file.length - 8 - new DataView(file.buffer, file.byteOffset).getUint32(file.length - 8, true))
  const writer = new ByteWriter()
  writer.appendBytes(body)
  writeMetadata(writer, metadata)
  writer.appendUint32(0x31_52_41_50)
  return Buffer.from(writer.getBuffer())
}

/** A file of two columns whose pages are as claimed. */
export function parquetOfPages(rows: number, page: ClaimedPage, codec: CompressionCodec): Buffer {
  const sound = soundParquet(4)
  const writer = new ByteWriter()
  writer.appendUint32(0x31_52_41_50)
  const starts = [0, 1].map(() => {
    const start = writer.offset
    serializeTCompactProtocol(writer, {
      field_1: DATA_PAGE,
      field_2: page.unpackedBytes,
      field_3: page.content.length,
      field_5: { field_1: page.values, field_2: page.encoding ?? PLAIN, field_3: RLE, field_4: RLE },
    })
    writer.appendBytes(page.content)
    return [start, writer.offset - start] as const
  })
  const footer = new ByteWriter()
  footer.appendBytes(new Uint8Array(writer.getBuffer()))
  const metadata = parquetMetadata(sound)
  metadata.num_rows = BigInt(rows)
  metadata.row_groups[0]!.num_rows = BigInt(rows)
  metadata.row_groups[0]!.columns.forEach((column, at) => {
    const [start, bytes] = starts[at]!
    Object.assign(column, { offset_index_offset: undefined, offset_index_length: undefined })
    Object.assign(column.meta_data!, {
      codec,
      num_values: BigInt(rows),
      data_page_offset: BigInt(start),
      dictionary_page_offset: undefined,
      total_compressed_size: BigInt(bytes),
      total_uncompressed_size: BigInt(page.unpackedBytes),
    })
  })
  writeMetadata(footer, metadata)
  footer.appendUint32(0x31_52_41_50)
  return Buffer.from(footer.getBuffer())
}
