import type { AlertEvent } from '@/lib/contracts/alerts'
import { eventsAfter } from '@/lib/data/alerts/alert-events'
import { findSite } from '@/lib/data/sites'
import { eventSentence } from './alert-words'

/** Follows the changes of alerts, from the newest one on. */
export class AlertFollower {
  #sequence: bigint | null = null

  /** What began or ended at these sites since the last time, in order. */
  async next(siteIds: readonly string[]): Promise<AlertEvent[]> {
    const { events, sequence } = await eventsAfter(this.#sequence, siteIds)
    this.#sequence = sequence
    const sites = await Promise.all([...new Set(events.map(({ siteId }) => siteId))].map(findSite))
    return events.flatMap((event) => {
      const site = sites.find((candidate) => candidate?.id === event.siteId)
      return site ? [{ ...event, message: eventSentence(event, 'en', site) }] : []
    })
  }
}
