'use client'

import { useTranslations } from 'use-intl'
import { FormatProvider } from '@/components/format/format-context'
import { Card } from '@/components/ui/card'
import type { ImportJob } from '@/lib/contracts/import-jobs'
import type { Site } from '@/lib/contracts/sites'
import { DropZone } from './drop-zone'
import { ImportRow } from './import-row'
import { MappingForm } from './mapping-form'
import { useImports } from './use-imports'

interface ImportViewProps {
  site: Site
  locale: string
  first: ImportJob[]
  mostMegabytes: number
}

/** Brings files of measurements into a site: sent, shown as they would be read, imported, reported. */
export function ImportView({ site, locale, first, mostMegabytes }: ImportViewProps) {
  const t = useTranslations('import')
  const imports = useImports(site.id, first)
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <div className="space-y-1.5">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{t('title')}</h1>
        <p className="max-w-prose text-ink-soft">{t('text')}</p>
      </div>
      <p role="alert" className="text-sm text-bad empty:hidden">
        {imports.problem}
      </p>
      {imports.draft ? (
        <MappingForm
          draft={imports.draft}
          isBusy={imports.isBusy}
          onChange={(mapping) => void imports.remap(mapping)}
          onStart={() => void imports.start()}
          onDiscard={() => void imports.discard()}
        />
      ) : site.buildings.length > 0 ? (
        <DropZone
          buildings={site.buildings}
          share={imports.uploadShare}
          mostMegabytes={mostMegabytes}
          onFile={imports.upload}
          onStop={imports.stopUpload}
        />
      ) : (
        <Card className="p-4 sm:p-5">{t('noBuilding')}</Card>
      )}
      <Card aria-labelledby="imports-heading" className="p-4 sm:p-5">
        <h2 id="imports-heading" className="text-lg font-semibold tracking-[-0.01em]">
          {t('imports')}
        </h2>
        {imports.imports.length === 0 && <p className="mt-3 text-ink-soft">{t('none')}</p>}
        <ul className="mt-1">
          {imports.imports.map((job) => (
            <ImportRow
              key={job.id}
              siteId={site.id}
              job={job}
              isBusy={imports.isBusy}
              onChange={(action) => void imports.change(job.id, action)}
            />
          ))}
        </ul>
      </Card>
    </FormatProvider>
  )
}
