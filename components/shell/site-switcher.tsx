'use client'

import { ChevronsUpDown, House } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Menu, MenuChoices } from '@/components/ui/menu'

export interface SiteChoice {
  id: string
  name: string
}

/** The site in view; a menu where there is more than one. */
export function SiteSwitcher({ sites }: { sites: readonly SiteChoice[] }) {
  const t = useTranslations('shell')
  const router = useRouter()
  const pathname = usePathname()
  const chosenId = useSearchParams().get('site')
  const chosen = sites.find((site) => site.id === chosenId) ?? sites[0]
  if (!chosen) return null
  if (sites.length === 1) return <span className="truncate pl-2 text-[0.9375rem] font-medium text-ink-soft">{chosen.name}</span>
  return (
    <Menu
      trigger={
        <Button look="quiet" className="min-w-0 shrink text-[0.9375rem]" aria-label={t('siteChosen', { name: chosen.name })}>
          <House aria-hidden className="size-4 shrink-0" />
          <span className="truncate">{chosen.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0" />
        </Button>
      }
    >
      <MenuChoices
        label={t('site')}
        value={chosen.id}
        choices={sites.map((site) => ({ value: site.id, label: site.name }))}
        onChange={(id) => router.push(`${pathname}?site=${encodeURIComponent(id)}`)}
      />
    </Menu>
  )
}
