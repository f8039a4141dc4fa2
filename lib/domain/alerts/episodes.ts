/** A stretch in which a condition held; of a subject at most one at a time. */
export interface Episode {
  /** Unix seconds of when it began to hold. */
  startedAt: number
  /** When it ended; null while it goes on. */
  endedAt: number | null
  /** What was measured: the furthest, the longest, the sum. */
  value: number
}

/** A mean over [startSeconds, startSeconds + stepSeconds); null where too little of it was measured. */
export interface Step {
  startSeconds: number
  value: number | null
}

export interface Threshold {
  direction: 'above' | 'below'
  limit: number
  /** How far on the other side of the limit it must be for the episode to end, so that a value at the limit does not flicker. */
  margin: number
  /** How many steps in a row must be beyond the limit. */
  steps: number
}

/** An alert that ends needs as many quiet steps as began it, but not more than this. */
const MOST_CLEAR_STEPS = 5

/**
 * Stretches beyond a limit, oldest first: at least `steps` steps in a row, all measured. One ends where the value was back behind
 * the margin for as many steps (five at most); time without measurements neither begins nor ends one.
 * @param values consecutive steps, oldest first
 * @param openSince since when the first step is inside an episode, Unix seconds; null where it is in none
 */
export function thresholdEpisodes(values: readonly Step[], threshold: Threshold, openSince: number | null): Episode[] {
  const { direction, limit, margin, steps } = threshold
  const sign = direction === 'above' ? 1 : -1
  const clearSteps = Math.min(steps, MOST_CLEAR_STEPS)
  const episodes: Episode[] = []
  let open: Episode | null = openSince === null ? null : { startedAt: openSince, endedAt: null, value: limit }
  let beyond: Step[] = []
  let clear: Step[] = []
  for (const step of values) {
    if (step.value === null) {
      beyond = []
      clear = []
      continue
    }
    const distance = sign * (step.value - limit)
    if (open) {
      if (distance > 0 && sign * (step.value - open.value) > 0) open.value = step.value
      clear = distance <= -margin ? [...clear, step] : []
      if (clear.length < clearSteps) continue
      episodes.push({ ...open, endedAt: clear[0]!.startSeconds })
      open = null
      clear = []
      beyond = []
      continue
    }
    beyond = distance > 0 ? [...beyond, step] : []
    if (beyond.length < steps) continue
    const furthest = beyond.reduce((most, each) => (sign * (each.value! - most) > 0 ? each.value! : most), beyond[0]!.value!)
    open = { startedAt: beyond[0]!.startSeconds, endedAt: null, value: furthest }
    beyond = []
  }
  if (open) episodes.push(open)
  return episodes
}

export interface KnownEvent {
  id: string
  startedAt: number
  resolvedAt: number | null
}

export interface Changes {
  fired: Episode[]
  /** Events that are over, and since when. */
  resolved: { id: string; resolvedAt: number }[]
}

export interface Looked {
  /** What was over by then is no news, Unix seconds. */
  sinceSeconds: number
  /** When an event ended of which nothing is found any more. */
  clearedAt: number
}

/**
 * What is new about a subject. An episode that overlaps an event already stored is that event, even where late readings moved its
 * beginning.
 */
export function compareEpisodes(
  episodes: readonly Episode[],
  known: readonly KnownEvent[],
  { sinceSeconds, clearedAt }: Looked,
): Changes {
  const overlaps = (episode: Episode, event: KnownEvent) =>
    episode.startedAt < (event.resolvedAt ?? Infinity) && event.startedAt < (episode.endedAt ?? Infinity)
  const fired = episodes.filter(
    (episode) => (episode.endedAt ?? Infinity) > sinceSeconds && !known.some((event) => overlaps(episode, event)),
  )
  const resolved = known.flatMap((event) => {
    if (event.resolvedAt !== null) return []
    const own = episodes.filter((episode) => overlaps(episode, event))
    if (own.some(({ endedAt }) => endedAt === null)) return []
    return [{ id: event.id, resolvedAt: Math.max(own.at(-1)?.endedAt ?? clearedAt, event.startedAt) }]
  })
  return { fired, resolved }
}
