'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
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
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <PageTitle
        title="Sites"
        text={mayManage ? 'Places with a meter: where they are, what energy costs there, and their buildings.' : 'The places whose data you see.'}
        action={
          mayManage && (
            <Button look="primary" onClick={() => setAdding(true)}><Plus aria-hidden className="size-4" />New site</Button>
          )
        }
      />
      {sites.length === 0 && (
        <Card className="p-5 sm:p-8">
          <p className="max-w-prose text-ink-soft">
            {mayManage
              ? 'No site yet. Make the first one; its building then gets the id that its meter sends under.'
              : 'Your account does not belong to a site yet. Whoever manages the site can add you to it.'}
          </p>
        </Card>
      )}
      {sites.map((site) => <SiteCard key={site.id} site={site} locale={locale} mayManage={mayManage} />)}
      {isAdding && <SiteFormDialog site={null} locale={locale} onClose={() => setAdding(false)} />}
    </>
  )
}
