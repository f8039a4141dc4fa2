import type { AlertEvent, AlertLanguage } from '@/lib/contracts/alerts'

/** What a channel is given to send. */
export interface AlertMessage {
  /** The same at every attempt, so that a receiver can tell a repetition. */
  id: string
  kind: 'alert' | 'resolved' | 'summary' | 'test'
  site: { id: string; name: string; timeZone: string; currency: string }
  language: AlertLanguage
  /** Of a test none. */
  events: readonly AlertEvent[]
  /** One line. */
  title: string
  /** A line for each event. */
  lines: readonly string[]
}

/** The message for programs. */
export function toJson({ id, kind, site, events, title, lines }: AlertMessage): string {
  return JSON.stringify({ id, type: kind, siteId: site.id, siteName: site.name, title, lines, events })
}
