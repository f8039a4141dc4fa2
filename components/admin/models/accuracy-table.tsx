import { Fragment } from 'react'
import { NO_BREAK_SPACE } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import { getTranslations } from '@/components/i18n/server-translations'
import { Badge } from '@/components/ui/badge'
import type { Accuracy } from '@/lib/contracts/model-registry'
import { DataCell, DataRow, DataTable } from '../fact-list'
import { amountText, countText } from '../figures'

const METERS = ['fine', 'coarse'] as const

interface AccuracyTableProps {
  accuracy: readonly Accuracy[]
  locale: string
}

/** What is known of each appliance, by how often the meter reads; the error is the mean of all seconds, in watts. */
export async function AccuracyTable({ accuracy, locale }: AccuracyTableProps) {
  const t = await getTranslations('adminModels.accuracy')
  const label = await getTranslations('appliances.label')
  const columns = [
    { name: t('table.appliance') },
    { name: t('table.meters') },
    { name: t('table.f1'), isNumber: true },
    { name: t('table.error'), isNumber: true },
    { name: t('table.offError'), isNumber: true },
    { name: t('table.runs'), isNumber: true },
    { name: t('table.homes'), isNumber: true },
  ]
  const f1 = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const wattsText = (watts: number) => `${amountText(watts, locale)}${NO_BREAK_SPACE}W`
  return (
    <DataTable label={t('title')} columns={columns}>
      {accuracy.map(({ appliance, status, measured }) => (
        <Fragment key={appliance}>
          {(measured.length > 0 ? measured : [null]).map((row, index) => (
            <DataRow key={row?.meter ?? 'none'}>
              <DataCell isHead>
                <span className={index > 0 ? 'sr-only' : 'flex flex-wrap items-center gap-2'}>
                  {label(appliance)}
                  {index === 0 && <StatusBadge status={status} t={t} />}
                </span>
              </DataCell>
              {row ? (
                <>
                  <DataCell className="whitespace-nowrap">{meterText(row.meter, t)}</DataCell>
                  <DataCell isNumber>{f1.format(row.f1)}</DataCell>
                  <DataCell isNumber>{wattsText(row.maeWatts)}</DataCell>
                  <DataCell isNumber>{row.offMaeWatts === null ? '–' : wattsText(row.offMaeWatts)}</DataCell>
                  <DataCell isNumber>{countText(row.runs, locale)}</DataCell>
                  <DataCell isNumber>{countText(row.homes, locale)}</DataCell>
                </>
              ) : (
                <td colSpan={columns.length - 1} className="py-2 text-ink-soft">{t('tooFew')}</td>
              )}
            </DataRow>
          ))}
        </Fragment>
      ))}
    </DataTable>
  )
}

type AccuracyTranslator = Translator<'adminModels.accuracy'>

function meterText(meter: string, t: AccuracyTranslator): string {
  const known = METERS.find((one) => one === meter)
  return known ? t(`meters.${known}`) : meter
}

function StatusBadge({ status, t }: Pick<Accuracy, 'status'> & { t: AccuracyTranslator }) {
  if (status === null) return <Badge tone="warn">{t('notInModel')}</Badge>
  return status === 'measured' ? <Badge tone="accent">{t('measured')}</Badge> : <Badge>{t('experimental')}</Badge>
}
