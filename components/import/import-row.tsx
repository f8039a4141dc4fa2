'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Button, buttonClass } from '@/components/ui/button'
import type { ImportReport } from '@/lib/contracts/import'
import type { ImportJob } from '@/lib/contracts/import-jobs'
import { jobText, reasonText } from './import-words'
import { ProgressBar } from './progress-bar'

interface ImportRowProps {
  siteId: string
  job: ImportJob
  isBusy: boolean
  onChange: (action: 'cancel' | 'retry') => void
}

/** One import: its progress while it runs, then what became of its rows. */
export function ImportRow({ siteId, job, isBusy, onChange }: ImportRowProps) {
  const t = useTranslations('import')
  const { settings } = useFormat()
  const started = new Intl.DateTimeFormat(settings.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: settings.timeZone,
  })
  const isOpen = job.status === 'queued' || job.status === 'running'
  const isStopped = job.status === 'failed' || job.status === 'cancelled'
  return (
    <li className="space-y-3 border-t border-line py-4 first:border-t-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="truncate font-medium">{job.name}</h3>
          <p className="text-sm text-ink-soft">
            {t(`job.statuses.${job.status}`)} · {started.format(job.createdAt * 1000)}
          </p>
        </div>
        {isOpen && (
          <Button disabled={isBusy} onClick={() => onChange('cancel')}>
            {t('job.cancel')}
          </Button>
        )}
        {isStopped && (
          <Button disabled={isBusy} onClick={() => onChange('retry')}>
            {t('job.goOn')}
          </Button>
        )}
      </div>
      {isOpen && <ProgressBar share={job.progress} label={jobText(job, t)} />}
      {job.error && <p className="text-sm text-bad">{job.error}</p>}
      {job.estimate && job.estimate.status !== 'done' && (
        <>
          <ProgressBar share={job.estimate.progress} label={t('job.estimate')} />
          {job.estimate.error && <p className="text-sm text-bad">{job.estimate.error}</p>}
        </>
      )}
      {job.report && <Report report={job.report} />}
      {(job.report?.rejected ?? 0) > 0 && (
        <a
          className={buttonClass('secondary')}
          href={`/api/v1/sites/${encodeURIComponent(siteId)}/imports/${encodeURIComponent(job.id)}/rejected`}
          download
        >
          {t('job.download')}
        </a>
      )}
    </li>
  )
}

function Report({ report }: { report: ImportReport }) {
  const t = useTranslations('import')
  const { settings } = useFormat()
  const number = new Intl.NumberFormat(settings.locale)
  const day = new Intl.DateTimeFormat(settings.locale, { dateStyle: 'medium', timeZone: settings.timeZone })
  const counts = [
    [t('job.read'), report.read],
    [t('job.imported'), report.imported],
    [t('job.repaired'), report.repaired],
    [t('job.unchanged'), report.unchanged],
    [t('job.rejected'), report.rejected],
  ] as const
  const reasons = [
    ...report.repairs.map(({ reason, rows }) => t('job.repairedRows', { reason, rows })),
    ...report.rejections.map(({ reason, rows }) => t('job.rejectedRows', { reason: reasonText(reason, t), rows })),
  ]
  return (
    <div className="space-y-2 text-sm">
      <p className="text-ink-soft">
        {t(`formats.${report.format}`)}
        {report.fromSeconds !== null &&
          report.toSeconds !== null &&
          `, ${day.formatRange(report.fromSeconds * 1000, report.toSeconds * 1000)}`}
      </p>
      <dl className="flex flex-wrap gap-x-6 gap-y-2">
        {counts.map(([label, rows]) => (
          <div key={label}>
            <dt className="text-ink-soft">{label}</dt>
            <dd className="figures text-lg font-semibold">{number.format(rows)}</dd>
          </div>
        ))}
      </dl>
      {report.notes.length + reasons.length > 0 && (
        <ul className="list-disc space-y-1 pl-5 text-ink-soft">
          {reasons.map((text) => (
            <li key={text}>{text}</li>
          ))}
          {report.notes.map((note) => (
            <li key={note} lang="en">
              {note}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
