import Link from 'next/link'
import { Moment } from '@/components/format/moment'
import type { Translator } from '@/components/i18n/messages'
import { getTranslations } from '@/components/i18n/server-translations'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageTitle } from '@/components/ui/section'
import type { AuditEntryView, AuditPage } from '@/lib/contracts/audit'

interface AuditViewProps {
  page: AuditPage
  /** Whether nothing newer was left out. */
  isNewest: boolean
  locale: string
}

/** Who changed what, newest first. */
export async function AuditView({ page, isNewest, locale }: AuditViewProps) {
  const t = await getTranslations('admin')
  return (
    <>
      <PageTitle title={t('audit.title')} text={t('audit.text')} />
      <Card aria-label={t('audit.changes')} className="p-4 sm:p-6">
        {page.data.length === 0 && <p className="text-ink-soft">{t('audit.none')}</p>}
        <ul>{page.data.map((entry) => <AuditRow key={entry.id} entry={entry} locale={locale} t={t} />)}</ul>
      </Card>
      <nav aria-label={t('audit.parts')} className="flex flex-wrap gap-3">
        {!isNewest && <Link href="/admin/audit" className={buttonClass('secondary')}>{t('audit.newest')}</Link>}
        {page.next && (
          <Link href={`/admin/audit?before=${page.next}`} className={buttonClass('secondary')}>{t('audit.older')}</Link>
        )}
      </nav>
    </>
  )
}

function AuditRow({ entry, locale, t }: { entry: AuditEntryView; locale: string; t: Translator<'admin'> }) {
  const facts = [entry.actorName ?? t('audit.application'), entry.target, entry.ip && t('audit.from', { address: entry.ip })]
  const sides = [[t('audit.before'), entry.before], [t('audit.after'), entry.after]].filter(([, value]) => value != null)
  return (
    <li className="border-b border-line/60 py-3 last:border-0 last:pb-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <code className="text-sm font-medium text-ink">{entry.action}</code>
        <span className="figures text-[0.8125rem] text-ink-soft"><Moment at={entry.at} locale={locale} /></span>
      </p>
      <p className="text-[0.8125rem] break-words text-ink-soft">
        {facts.filter(Boolean).join(' · ')}
      </p>
      {sides.length > 0 && (
        <details className="text-[0.8125rem]">
          <summary className="flex min-h-11 w-fit cursor-pointer items-center text-ink-soft underline underline-offset-3">
            {t('audit.details')}
          </summary>
          <dl className="grid gap-3 lg:grid-cols-2">
            {sides.map(([name, value]) => (
              <div key={String(name)} className="min-w-0">
                <dt className="text-ink-soft">{String(name)}</dt>
                <dd>
                  <pre className="max-h-96 overflow-auto rounded-lg bg-sunken p-3 break-words whitespace-pre-wrap">
                    {JSON.stringify(value, null, 2)}
                  </pre>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}
