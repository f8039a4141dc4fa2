'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { classNames } from '@/components/ui/class-names'

export interface SectionPage {
  path: string
  label: string
}

/** A phone's width cuts the row of links: the one of the page in view must not be what is cut. */
const showWhole = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ inline: 'nearest', block: 'nearest' })

/** The pages of a section that the reader may open, for the site in view. */
export function SectionNav({ label, pages }: { label: string; pages: readonly SectionPage[] }) {
  const pathname = usePathname()
  const site = useSearchParams().get('site')
  // A page below one of them belongs to it; where two fit, to the nearer.
  const current = pages
    .filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0]?.path
  return (
    <nav aria-label={label} className="-mx-4 -mt-2 [--scroll-ground:var(--canvas)] scroll-shade overflow-x-auto px-4 py-1 sm:-mx-6 sm:px-6">
      <ul className="flex w-max gap-1">
        {pages.map(({ path, label: name }) => {
          const isCurrent = path === current
          return (
            <li key={path}>
              <Link
                ref={isCurrent ? showWhole : undefined}
                href={site ? `${path}?site=${encodeURIComponent(site)}` : path}
                aria-current={isCurrent ? 'page' : undefined}
                className={classNames(
                  'flex min-h-11 items-center rounded-lg px-3 text-[0.9375rem] font-medium whitespace-nowrap',
                  isCurrent ? 'bg-accent-wash text-accent' : 'text-ink-soft hover:bg-sunken hover:text-ink',
                )}
              >
                {name}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
