'use client'

import {
  Activity,
  CalendarRange,
  ChartColumnStacked,
  ChartGantt,
  Ellipsis,
  FileUp,
  ListChecks,
  PlugZap,
  Waves,
} from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Menu, MenuLink } from '@/components/ui/menu'

const PAGES = [
  { path: '/live', label: 'Live', Icon: Activity },
  { path: '/overview', label: 'Overview', Icon: ChartColumnStacked },
  { path: '/history', label: 'History', Icon: CalendarRange },
  { path: '/runs', label: 'Runs', Icon: ListChecks },
]

/** Pages behind the button "More". */
const MORE_PAGES = [
  { path: '/timeline', label: 'Timeline', Icon: ChartGantt },
  { path: '/devices', label: 'Devices and clusters', Icon: PlugZap },
  { path: '/power-quality', label: 'Electrical quality', Icon: Waves },
  { path: '/import', label: 'Import', Icon: FileUp },
]

/** The pages, for the site in view. */
export function PageLinks() {
  const pathname = usePathname()
  const site = useSearchParams().get('site')
  const hrefOf = (path: string) => (site ? `${path}?site=${encodeURIComponent(site)}` : path)
  const isMore = MORE_PAGES.some(({ path }) => path === pathname)
  return (
    <nav aria-label="Pages" className="flex">
      {PAGES.map(({ path, label, Icon }) => (
        <Link
          key={path}
          href={hrefOf(path)}
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
      <Menu
        trigger={
          <Button look="quiet" className={classNames('px-2.5 text-[0.9375rem]', isMore && 'text-accent')} aria-label="More pages">
            <Ellipsis aria-hidden className="size-4" />
            <span className="max-sm:sr-only">More</span>
          </Button>
        }
      >
        {MORE_PAGES.map(({ path, label, Icon }) => (
          <MenuLink key={path} href={hrefOf(path)} isCurrent={pathname === path}>
            <Icon aria-hidden className="size-4.5 text-ink-soft" />
            {label}
          </MenuLink>
        ))}
      </Menu>
    </nav>
  )
}
