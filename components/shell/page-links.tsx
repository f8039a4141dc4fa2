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
  ReceiptText,
  Waves,
} from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Menu, MenuLink } from '@/components/ui/menu'

/** Where the bar has no room for a page, it is behind "More". */
const NOT_ON_PHONES = { onBar: 'max-sm:hidden', inMenu: 'sm:hidden', more: 'max-sm:text-accent!' }
const NOT_ON_SMALL_PHONES = { onBar: 'max-[22rem]:hidden', inMenu: 'min-[22rem]:hidden', more: 'max-[22rem]:text-accent!' }

const PAGES = [
  { path: '/live', label: 'Live', Icon: Activity },
  { path: '/overview', label: 'Overview', Icon: ChartColumnStacked, room: NOT_ON_SMALL_PHONES },
  { path: '/history', label: 'History', Icon: CalendarRange, room: NOT_ON_PHONES },
  { path: '/runs', label: 'Runs', Icon: ListChecks, room: NOT_ON_PHONES },
]

/** Always behind "More". */
const MORE_PAGES = [
  { path: '/timeline', label: 'Timeline', Icon: ChartGantt },
  { path: '/devices', label: 'Devices and clusters', Icon: PlugZap },
  { path: '/power-quality', label: 'Electrical quality', Icon: Waves },
  { path: '/settings/tariff', label: 'Prices and rooms', Icon: ReceiptText },
  { path: '/import', label: 'Import', Icon: FileUp },
]

/** The pages, for the site in view. */
export function PageLinks() {
  const pathname = usePathname()
  const site = useSearchParams().get('site')
  const hrefOf = (path: string) => (site ? `${path}?site=${encodeURIComponent(site)}` : path)
  const more = MORE_PAGES.some(({ path }) => path === pathname)
    ? 'text-accent!'
    : PAGES.find(({ path }) => path === pathname)?.room?.more
  return (
    <nav aria-label="Pages" className="flex">
      {PAGES.map(({ path, label, Icon, room }) => (
        <Link
          key={path}
          href={hrefOf(path)}
          aria-current={pathname === path ? 'page' : undefined}
          className={classNames(
            'flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-lg px-2.5 text-[0.9375rem] font-medium',
            pathname === path ? 'text-accent' : 'text-ink-soft hover:bg-sunken hover:text-ink',
            room?.onBar,
          )}
        >
          <Icon aria-hidden className="size-4" />
          <span className="max-lg:sr-only">{label}</span>
        </Link>
      ))}
      <Menu
        trigger={
          <Button look="quiet" className={classNames('px-2.5 text-[0.9375rem]', more)} aria-label="More pages">
            <Ellipsis aria-hidden className="size-4" />
            <span className="max-lg:sr-only">More</span>
          </Button>
        }
      >
        {PAGES.map(({ path, label, Icon, room }) => room && (
          <MenuLink key={path} href={hrefOf(path)} isCurrent={pathname === path} className={room.inMenu}>
            <Icon aria-hidden className="size-4.5 text-ink-soft" />
            {label}
          </MenuLink>
        ))}
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
