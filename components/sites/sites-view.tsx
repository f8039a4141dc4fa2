'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageTitle } from '@/components/ui/section'
import type { Site } from '@/lib/contracts/sites'
import { SiteCard } from './site-card'
import { SiteFormDialog } from './site-form-dialog'

interface SitesViewProps {
  sites: readonly Site[]
  locale: string
  mayManage: boolean
}

/** The sites somebody sees, and where they are made and changed. */
export function SitesView({ sites, locale, mayManage }: SitesViewProps) {
  const t = useTranslations('sites')
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <PageTitle
        title={t('title')}
        text={mayManage ? t('textManage') : t('textView')}
        action={
          mayManage && (
            <Button look="primary" onClick={() => setAdding(true)}><Plus aria-hidden className="size-4" />{t('new')}</Button>
          )
        }
      />
      {sites.length === 0 && (
        <Card className="p-5 sm:p-8">
          <p className="max-w-prose text-ink-soft">
            {mayManage ? t('noneManage') : t('noneView')}
          </p>
        </Card>
      )}
      {sites.map((site) => <SiteCard key={site.id} site={site} locale={locale} mayManage={mayManage} />)}
      {isAdding && <SiteFormDialog site={null} locale={locale} onClose={() => setAdding(false)} />}
    </>
  )
}
