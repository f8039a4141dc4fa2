interface Split {
  feature: number
  at: number
  below: Node
  above: Node
}
type Node = Split | { count: number }

const EULER = 0.5772156649

/**
 * Isolation forest (Liu, Ting and Zhou 2008): points that random cuts separate early are unlike the others. The same points and
 * seed give the same forest.
 */
export class IsolationForest {
  private readonly trees: Node[]
  private readonly sampleSize: number

  /** @param points features of equal length, at least two points */
  constructor(points: readonly (readonly number[])[], seed: number, { trees = 100, mostSamples = 256 } = {}) {
    const random = mulberry32(seed)
    this.sampleSize = Math.min(mostSamples, points.length)
    const depth = Math.ceil(Math.log2(this.sampleSize))
    this.trees = Array.from({ length: trees }, () => grow(sample(points, this.sampleSize, random), depth, random))
  }

  /** @returns 0..1; about 0.5 for points like the others, near 1 for one that stands alone */
  score(point: readonly number[]): number {
    const length = this.trees.reduce((sum, tree) => sum + pathLength(tree, point), 0) / this.trees.length
    return 2 ** (-length / averagePath(this.sampleSize))
  }
}

function grow(points: readonly (readonly number[])[], depth: number, random: () => number): Node {
  const features = points[0]?.map((_, feature) => feature) ?? []
  const ranges = features.map((feature) => {
    const values = points.map((point) => point[feature]!)
    return { feature, low: Math.min(...values), high: Math.max(...values) }
  })
  const divisible = ranges.filter(({ low, high }) => high > low)
  const chosen = divisible[Math.floor(random() * divisible.length)]
  if (depth === 0 || points.length < 2 || !chosen) return { count: points.length }
  const { feature, low, high } = chosen
  const at = low + random() * (high - low)
  return {
    feature,
    at,
    below: grow(points.filter((point) => point[feature]! < at), depth - 1, random),
    above: grow(points.filter((point) => point[feature]! >= at), depth - 1, random),
  }
}

function pathLength(node: Node, point: readonly number[], depth = 0): number {
  if ('count' in node) return depth + averagePath(node.count)
  return pathLength(point[node.feature]! < node.at ? node.below : node.above, point, depth + 1)
}

/** Mean path to a leaf among `count` points of a binary search tree. */
function averagePath(count: number): number {
  if (count < 2) return 0
  return count === 2 ? 1 : 2 * (Math.log(count - 1) + EULER) - (2 * (count - 1)) / count
}

function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  const rest = [...items]
  return Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]!)
}

function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
