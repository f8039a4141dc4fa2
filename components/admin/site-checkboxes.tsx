'use client'

import { useTranslations } from 'use-intl'

export interface SiteName {
  id: string
  name: string
}

interface SiteCheckboxesProps {
  sites: readonly SiteName[]
  chosen: readonly string[]
  onChange: (siteIds: string[]) => void
}

/** Of which sites somebody is a member. */
export function SiteCheckboxes({ sites, chosen, onChange }: SiteCheckboxesProps) {
  const t = useTranslations('admin.user')
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t('sites')}</legend>
      <p className="text-[0.8125rem] text-ink-soft">{t('sitesText')}</p>
      {sites.length === 0 && <p className="mt-2 text-sm text-ink-soft">{t('noSiteExists')}</p>}
      <div className="mt-1 max-h-56 overflow-y-auto">
        {sites.map(({ id, name }) => (
          <label key={id} className="flex min-h-11 items-center gap-3 text-[0.9375rem]">
            <input
              type="checkbox"
              className="size-5 shrink-0 accent-accent"
              checked={chosen.includes(id)}
              onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
            />
            <span className="min-w-0 truncate">{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
