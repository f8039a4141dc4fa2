import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

const ENTRY = 0x02014b50
const DEFLATED = 8

/** The arrays of an .npz file: a ZIP of .npy ones, each a short header and little-endian numbers. */
export function readNpz(file: string): Record<string, ArrayLike<number | bigint>> {
  const zip = readFileSync(file)
  const arrays: Record<string, ArrayLike<number | bigint>> = {}
  // The directory lies before the last 22 bytes.
  let at = zip.readUInt32LE(zip.length - 6)
  while (zip.readUInt32LE(at) === ENTRY) {
    const [method, packed, nameLength, extra, comment, start] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength).replace(/\.npy$/, '')
    const dataAt = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    const data = zip.subarray(dataAt, dataAt + packed)
    arrays[name] = readNpy(method === DEFLATED ? inflateRawSync(data) : data)
    at += 46 + nameLength + extra + comment
  }
  return arrays
}

function readNpy(npy: Buffer): ArrayLike<number | bigint> {
  const headerEnd = npy[6] === 1 ? 10 + npy.readUInt16LE(8) : 12 + npy.readUInt32LE(8)
  const type = /'descr': '[<|](\w\d)'/.exec(npy.toString('latin1', 0, headerEnd))?.[1]
  const bytes = new Uint8Array(npy.subarray(headerEnd)).buffer
  switch (type) {
    case 'i2':
      return new Int16Array(bytes)
    case 'i4':
      return new Int32Array(bytes)
    case 'i8':
      return new BigInt64Array(bytes)
    case 'f4':
      return new Float32Array(bytes)
    case 'f8':
      return new Float64Array(bytes)
    default:
      return []
  }
}
