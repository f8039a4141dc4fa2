import type { RecordedRows } from './row-table'

/** The rest goes to the folds in pieces, so that neighbouring seconds stay together. */
const LONGEST_PIECE_SECONDS = 6 * 3600
const SHORTEST_PIECE_SECONDS = 1
/** Of what it would be if all folds were alike. */
const LEAST_SHARE = 1 / 3

/**
 * Deals unlabelled time out to folds. Pieces come in an order of chance, which is always the same one: in turn, every fold would
 * be some time of day. They get shorter until each fold has some of the rest, as far as there is any.
 * @returns by row; only rows of the rest have a fold that means anything
 */
export function restFolds(rows: RecordedRows, rest: readonly number[], folds: number): Int16Array {
  for (let pieceSeconds = LONGEST_PIECE_SECONDS; ; pieceSeconds /= 2) {
    const pieceOf = (row: number) => Math.floor(rows.seconds[row]! / pieceSeconds)
    const pieces = [...new Set(rest.map(pieceOf))].sort((a, b) => mixed(a) - mixed(b) || a - b)
    const foldOfPiece = new Map(pieces.map((piece, i) => [piece, i % folds]))
    const foldOf = new Int16Array(rows.count)
    const sizes = new Array<number>(folds).fill(0)
    for (const row of rest) {
      foldOf[row] = foldOfPiece.get(pieceOf(row))!
      sizes[foldOf[row]!]!++
    }
    if (Math.min(...sizes) >= (LEAST_SHARE * rest.length) / folds || pieceSeconds <= SHORTEST_PIECE_SECONDS) return foldOf
  }
}

/** An integer that says nothing of the one it was made of (the finaliser of murmur3). */
function mixed(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
