/** Says what a bar's height, its parts, the dashed line and a hatched column mean. */
export function BarsLegend({
  hasGaps,
  isSimulated,
  comparedName,
}: {
  hasGaps: boolean
  isSimulated: boolean
  comparedName?: string | null
}) {
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <span>Bars measured as a whole, their parts estimated</span>
      {comparedName && (
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="w-6 border-t-2 border-dashed border-ink-soft" />
          {comparedName}
        </span>
      )}
      {hasGaps && <span>Gaps were not measured</span>}
      {isSimulated && <span className="font-medium text-accent">Simulated</span>}
    </span>
  )
}
