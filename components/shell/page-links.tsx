'use client'

import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { buttonClass } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Menu, MenuLink } from '@/components/ui/menu'
import { isInView, MAIN_PAGES, MORE_PAGES, PAGES_ON_PHONES, type PageLink } from './pages'

/** The address of a page, for the site in view. */
function useHrefOf(): (path: string) => string {
  const site = useSearchParams().get('site')
  return (path) => (site ? `${path}?site=${encodeURIComponent(site)}` : path)
}

/** The pages in the header, where it has room for them. */
export function PageLinks() {
  const t = useTranslations('shell')
  const pathname = usePathname()
  const hrefOf = useHrefOf()
  return (
    <nav aria-label={t('pages')} className="flex max-sm:hidden">
      {MAIN_PAGES.map(({ path, name, Icon }) => (
        <Link
          key={path}
          href={hrefOf(path)}
          aria-current={isInView(path, pathname) ? 'page' : undefined}
          className={classNames(
            'flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-lg px-2.5 text-[0.9375rem] font-medium',
            isInView(path, pathname) ? 'text-accent' : 'text-ink-soft hover:bg-sunken hover:text-ink',
          )}
        >
          <Icon aria-hidden className="size-4" />
          <span className="max-lg:sr-only">{t(`page.${name}`)}</span>
        </Link>
      ))}
      <MoreMenu
        pages={MORE_PAGES}
        className={buttonClass('quiet', 'px-2.5 text-[0.9375rem]')}
        content={
          <>
            <Ellipsis aria-hidden className="size-4" />
            <span className="max-lg:sr-only">{t('more')}</span>
          </>
        }
      />
    </nav>
  )
}

const PHONE_ENTRY = 'flex min-h-14 min-w-0 flex-col items-center justify-center gap-0.5 rounded-lg px-0.5 text-[0.6875rem] font-medium'

/** The pages at the thumb. The page above leaves room for it. */
export function PhoneBar() {
  const t = useTranslations('shell')
  const pathname = usePathname()
  const hrefOf = useHrefOf()
  const onBar = MAIN_PAGES.slice(0, PAGES_ON_PHONES)
  return (
    <nav
      aria-label={t('pages')}
      className={
        'fixed inset-x-0 bottom-0 z-40 grid auto-cols-fr grid-flow-col border-t border-line bg-surface sm:hidden ' +
        'pr-[env(safe-area-inset-right)] pb-[env(safe-area-inset-bottom)] pl-[env(safe-area-inset-left)]'
      }
    >
      {onBar.map(({ path, name, Icon }) => (
        <Link
          key={path}
          href={hrefOf(path)}
          aria-current={isInView(path, pathname) ? 'page' : undefined}
          className={classNames(PHONE_ENTRY, isInView(path, pathname) ? 'text-accent' : 'text-ink-soft')}
        >
          <Icon aria-hidden className="size-5" />
          <span className="max-w-full truncate">{t(`page.${name}`)}</span>
        </Link>
      ))}
      <MoreMenu
        pages={[...MAIN_PAGES.slice(PAGES_ON_PHONES), ...MORE_PAGES]}
        className={classNames(PHONE_ENTRY, 'text-ink-soft')}
        content={
          <>
            <Ellipsis aria-hidden className="size-5" />
            {t('more')}
          </>
        }
      />
    </nav>
  )
}

function MoreMenu({ pages, className, content }: { pages: readonly PageLink[]; className: string; content: ReactNode }) {
  const t = useTranslations('shell')
  const pathname = usePathname()
  const hrefOf = useHrefOf()
  const isInside = pages.some(({ path }) => isInView(path, pathname))
  return (
    <Menu
      trigger={
        <button type="button" className={classNames(className, isInside && 'text-accent!')} aria-label={t('morePages')}>
          {content}
        </button>
      }
    >
      {pages.map(({ path, name, Icon }) => (
        <MenuLink key={path} href={hrefOf(path)} isCurrent={isInView(path, pathname)}>
          <Icon aria-hidden className="size-4.5 text-ink-soft" />
          {t(`page.${name}`)}
        </MenuLink>
      ))}
    </Menu>
  )
}
