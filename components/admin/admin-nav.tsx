'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { classNames } from '@/components/ui/class-names'

export interface AdminPage {
  path: string
  label: string
}

/** The pages of administration that the reader may open. */
export function AdminNav({ pages }: { pages: readonly AdminPage[] }) {
  const t = useTranslations('shell')
  const pathname = usePathname()
  return (
    <nav aria-label={t('administration')} className="-mx-4 -mt-2 overflow-x-auto px-4 py-1 sm:-mx-6 sm:px-6">
      <ul className="flex w-max gap-1">
        {pages.map(({ path, label }) => {
          const isCurrent = pathname === path
          return (
            <li key={path}>
              <Link
                href={path}
                aria-current={isCurrent ? 'page' : undefined}
                className={classNames(
                  'flex min-h-11 items-center rounded-lg px-3 text-[0.9375rem] font-medium whitespace-nowrap',
                  isCurrent ? 'bg-accent-wash text-accent' : 'text-ink-soft hover:bg-sunken hover:text-ink',
                )}
              >
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
