import { describe, expect, it } from 'vitest'
import { IsolationForest } from './isolation-forest'

const cloud = Array.from({ length: 64 }, (_, index) => [Math.sin(index * 12.9898) * 2, Math.cos(index * 78.233) * 3])

describe('isolation forest', () => {
  it('scores a point that stands alone above every point of the cloud', () => {
    const forest = new IsolationForest([...cloud, [9, -12]], 1)
    const most = Math.max(...cloud.map((point) => forest.score(point)))
    expect(forest.score([9, -12])).toBeGreaterThan(most)
    expect(forest.score([0, 0])).toBeLessThan(0.6)
  })

  it('is the same for the same points and seed', () => {
    expect(new IsolationForest(cloud, 5).score([1, 4])).toBe(new IsolationForest(cloud, 5).score([1, 4]))
  })

  it('cannot tell points apart that are all equal', () => {
    const forest = new IsolationForest(Array.from({ length: 10 }, () => [3, 3]), 1)
    expect(forest.score([3, 3])).toBe(forest.score([7, 7]))
  })
})
