import { classNames } from './class-names'

/** Takes the place of something that comes; give it the size of what replaces it. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={classNames('animate-pulse rounded-lg bg-sunken', className)} />
}
