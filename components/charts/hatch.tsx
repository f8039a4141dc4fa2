import { seriesColor, STACK_ORDER, type Series } from './appliance-colors'

export function hatchFill(idPrefix: string, series: Series): string {
  return `url(#${idPrefix}-${series})`
}

/** One hatched fill of any colour. */
export function HatchPattern({ id, color, strength = 1 }: { id: string; color: string; strength?: number }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill={color} fillOpacity={0.42 * strength} />
      <rect width="1.4" height="5" fill={color} fillOpacity={0.5 * strength} />
    </pattern>
  )
}

/** The fill of estimates: the appliance's hue, softened, with fine lines. Measured things are drawn solid. */
export function HatchPatterns({ idPrefix }: { idPrefix: string }) {
  return STACK_ORDER.map((series) => (
    <pattern
      key={series}
      id={`${idPrefix}-${series}`}
      width="5"
      height="5"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width="5" height="5" fill={seriesColor(series)} fillOpacity={series === 'other' ? 0.2 : 0.42} />
      <rect width="1.4" height="5" fill={seriesColor(series)} fillOpacity={series === 'other' ? 0.28 : 0.5} />
    </pattern>
  ))
}
