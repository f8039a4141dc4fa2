export function byShard<Item extends { shard: number }>(items: readonly Item[]): Map<number, Item[]> {
  const groups = new Map<number, Item[]>()
  for (const item of items) {
    const group = groups.get(item.shard)
    if (group) group.push(item)
    else groups.set(item.shard, [item])
  }
  return groups
}
