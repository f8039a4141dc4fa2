import { useId } from 'react'

/** @param share 0..1 */
export function ProgressBar({ share, label }: { share: number; label: string }) {
  const id = useId()
  const percent = Math.floor(100 * Math.min(1, Math.max(0, share)))
  return (
    <div>
      <div className="flex justify-between gap-4 text-sm text-ink-soft">
        <span id={id}>{label}</span>
        <span className="figures">{percent} %</span>
      </div>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-1 h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div className="h-full rounded-full bg-accent transition-[width] duration-150" style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}
