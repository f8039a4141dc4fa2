import {
  Coffee, CookingPot, Fan, Laptop, Microwave, Plug, Refrigerator, Shirt, Snowflake, Tv, Utensils, WashingMachine,
  type LucideIcon,
} from 'lucide-react'
import { seriesColor, type Series } from './appliance-colors'
import { classNames } from '@/components/ui/class-names'

const ICONS: Record<Series, LucideIcon> = {
  HeatPump: Fan,
  Dishwasher: Utensils,
  WashingMachine,
  Dryer: Shirt,
  Freezer: Snowflake,
  Refrigerator,
  ElectricOven: CookingPot,
  Microwave,
  ElectricKettle: Coffee,
  Computer: Laptop,
  Television: Tv,
  other: Plug,
}

export function SeriesIcon({ series, className }: { series: Series; className?: string }) {
  const Icon = ICONS[series]
  return <Icon aria-hidden className={className} strokeWidth={1.9} />
}

/** The band's look in miniature: hatched, as everything estimated is. */
export function SeriesSwatch({ series, className }: { series: Series; className?: string }) {
  const color = seriesColor(series)
  return (
    <span
      aria-hidden
      className={classNames('inline-block size-3 shrink-0 rounded-[3px] border', className)}
      style={{
        borderColor: color,
        backgroundImage:
          `repeating-linear-gradient(135deg, color-mix(in oklab, ${color} 75%, transparent) 0 1.5px, ` +
          `color-mix(in oklab, ${color} 38%, transparent) 1.5px 4px)`,
      }}
    />
  )
}
