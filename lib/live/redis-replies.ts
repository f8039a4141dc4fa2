/** Shapes of the stream commands' replies in RESP2, checked where they enter. */
import { z } from 'zod'

export interface RawEntry {
  id: string
  fields: Record<string, string>
}

/** An entry that was deleted while pending comes as nil before Redis 7, or as an id with nil. */
const entryList = z.array(z.union([z.tuple([z.string(), z.array(z.string()).nullable()]), z.null()]))

export const parseEntries = (reply: unknown): RawEntry[] => toEntries(entryList.parse(reply))

/** XREADGROUP: entries by stream key; nil when there are none. */
export const parseStreams = (reply: unknown): [key: string, entries: RawEntry[]][] =>
  (z.array(z.tuple([z.string(), entryList])).nullable().parse(reply) ?? []).map(([key, list]) => [key, toEntries(list)])

export function parseAutoclaim(reply: unknown): { next: string; entries: RawEntry[]; deletedIds: string[] } {
  const [next, list, deletedIds] = z.tuple([z.string(), entryList]).rest(z.array(z.string())).parse(reply)
  return { next, entries: toEntries(list), deletedIds: deletedIds ?? [] }
}

/** XPENDING without a range: how many entries are pending. */
export const parsePendingSummary = (reply: unknown): number => z.tuple([z.number()]).rest(z.unknown()).parse(reply)[0]

/** XPENDING with a range: their ids. */
export const parsePending = (reply: unknown): string[] =>
  z.array(z.tuple([z.string()]).rest(z.unknown())).parse(reply).map(([id]) => id)

function toEntries(list: z.infer<typeof entryList>): RawEntry[] {
  return list.flatMap((entry) => {
    if (!entry?.[1]) return []
    const fields: Record<string, string> = {}
    for (let index = 0; index + 1 < entry[1].length; index += 2) fields[entry[1][index] as string] = entry[1][index + 1] as string
    return { id: entry[0], fields }
  })
}
