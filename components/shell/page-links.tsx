'use client'

import { Activity, FileUp, ListChecks } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { classNames } from '@/components/ui/class-names'

const PAGES = [
  { path: '/live', label: 'Live', Icon: Activity },
  { path: '/runs', label: 'Runs', Icon: ListChecks },
  { path: '/import', label: 'Import', Icon: FileUp },
]

/** The pages, for the site in view. */
export function PageLinks() {
  const pathname = usePathname()
  const site = useSearchParams().get('site')
  return (
    <nav aria-label="Pages" className="flex">
      {PAGES.map(({ path, label, Icon }) => (
        <Link
          key={path}
          href={site ? `${path}?site=${encodeURIComponent(site)}` : path}
          aria-current={pathname === path ? 'page' : undefined}
          className={classNames(
            'flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-lg px-2.5 text-[0.9375rem] font-medium',
            pathname === path ? 'text-accent' : 'text-ink-soft hover:bg-sunken hover:text-ink',
          )}
        >
          <Icon aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{label}</span>
        </Link>
      ))}
    </nav>
  )
}
