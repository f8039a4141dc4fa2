import { ArrowUpFromLine, DoorOpen } from 'lucide-react'
import type { EnergyItemInfo } from '@/lib/contracts/energy'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { seriesColor, STACK_ORDER } from './appliance-colors'
import { SeriesIcon, SeriesSwatch } from './series-identity'

/** The colour of a share of the meter: an appliance's own for ever; a room's by its place among the rooms. */
export function itemColor(info: EnergyItemInfo, items: readonly EnergyItemInfo[]): string {
  if (info.appliance) return seriesColor(info.appliance)
  if (info.kind === 'export') return 'var(--good)'
  if (info.kind === 'other') return seriesColor('other')
  const rooms = items
    .filter(({ kind }) => kind === 'room' || kind === 'unassigned')
    .map(({ key }) => key)
    .sort()
  return seriesColor(APPLIANCES[(rooms.indexOf(info.key) * 3) % APPLIANCES.length] ?? 'other')
}

/** Bottom to top: other, then what runs all day, then what comes in bursts; rooms by size. */
export function stackOrder(items: readonly EnergyItemInfo[]): EnergyItemInfo[] {
  const order: readonly string[] = STACK_ORDER
  const rank = ({ key, kind }: EnergyItemInfo) =>
    kind === 'export' ? -1 : kind === 'unassigned' ? 0.5 : order.indexOf(key) < 0 ? 1 : order.indexOf(key)
  return [...items].sort((a, b) => rank(a) - rank(b))
}

export function ItemIcon({ info, className }: { info: EnergyItemInfo; className?: string }) {
  if (info.appliance) return <SeriesIcon series={info.appliance} className={className} />
  if (info.kind === 'other') return <SeriesIcon series="other" className={className} />
  const Icon = info.kind === 'export' ? ArrowUpFromLine : DoorOpen
  return <Icon aria-hidden className={className} strokeWidth={1.9} />
}

/** Hatched for estimates, plain for what the meter itself said. */
export function ItemSwatch({ info, items }: { info: EnergyItemInfo; items: readonly EnergyItemInfo[] }) {
  if (info.appliance) return <SeriesSwatch series={info.appliance} />
  const color = itemColor(info, items)
  return (
    <span
      aria-hidden
      className="inline-block size-3 shrink-0 rounded-[3px] border"
      style={{
        borderColor: color,
        background: info.isEstimated
          ? `repeating-linear-gradient(135deg, color-mix(in oklab, ${color} 75%, transparent) 0 1.5px, ` +
            `color-mix(in oklab, ${color} 38%, transparent) 1.5px 4px)`
          : color,
      }}
    />
  )
}
