import { DateTime } from 'luxon'
import type { Appliance } from '@/lib/contracts/appliances'
import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import type { HistoryView } from '@/lib/domain/history-view'

/** Addresses within the application of what shows a figure of one site. */
export class SiteLinks {
  constructor(
    private readonly siteId: string,
    private readonly timeZone: string,
  ) {}

  private page(path: string, query: Record<string, string> = {}): string {
    return `${path}?${new URLSearchParams({ site: this.siteId, ...query })}`
  }

  private date(seconds: number): string {
    return DateTime.fromSeconds(seconds, { zone: this.timeZone }).toISODate() ?? ''
  }

  readonly live = () => this.page('/live')
  readonly overview = () => this.page('/overview')
  readonly devices = () => this.page('/devices')
  readonly tariff = () => this.page('/settings/tariff')
  readonly insights = () => this.page('/insights')
  readonly anomaly = (id: string) => this.page(`/insights/${encodeURIComponent(id)}`)
  readonly forecast = () => this.page('/insights/forecast')
  readonly maintenance = () => this.page('/insights/maintenance')
  readonly asset = (id: string) => this.page(`/insights/maintenance/${encodeURIComponent(id)}`)
  readonly savings = () => this.page('/insights/savings')
  readonly powerQuality = () => this.page('/power-quality')
  readonly appliance = (appliance: Appliance) => this.page(`/appliances/${appliance}`)
  /** The local day of a moment, with its runs. */
  readonly timeline = (seconds: number) => this.page('/timeline', { day: this.date(seconds) })
  readonly day = (seconds: number) => this.page('/history', { view: 'day', date: this.date(seconds) })

  /** The smallest of day, week, month and year that holds all of a period; the year it ends in where none does. */
  history(period: Pick<ResolvedPeriod, 'from' | 'to'>, by: 'appliance' | 'room' = 'appliance'): string {
    const first = DateTime.fromSeconds(period.from, { zone: this.timeZone })
    const last = DateTime.fromSeconds(period.to - 1, { zone: this.timeZone })
    const views: HistoryView[] = ['day', 'week', 'month', 'year']
    const view = views.find((unit) => first.hasSame(last, unit)) ?? 'year'
    return this.page('/history', { view, date: this.date(period.to - 1), ...(by === 'room' && { by }) })
  }
}
