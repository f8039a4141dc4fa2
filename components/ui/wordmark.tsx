import { classNames } from './class-names'

/** One line above, what flows beneath it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={classNames('size-7', className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g fill="none" strokeWidth="2.6" strokeLinecap="round" className="stroke-on-accent">
        <path d="M7 9.5h18" />
        <path d="M7 17c3 0 3-3 6-3s3 3 6 3 3-3 6-3" opacity="0.75" />
        <path d="M7 24c3 0 3-3 6-3s3 3 6 3 3-3 6-3" opacity="0.45" />
      </g>
    </svg>
  )
}

export function Wordmark({ isShortOnPhones }: { isShortOnPhones: boolean }) {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark />
      <span className={classNames('text-[1.0625rem] font-semibold tracking-[-0.015em]', isShortOnPhones && 'max-sm:sr-only')}>
        Undercurrent
      </span>
    </span>
  )
}
