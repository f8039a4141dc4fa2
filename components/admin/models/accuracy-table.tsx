import { Fragment } from 'react'
import { Badge } from '@/components/ui/badge'
import type { Appliance } from '@/lib/contracts/appliances'
import type { Accuracy } from '@/lib/contracts/model-registry'
import { DataCell, DataRow, DataTable } from '../fact-list'
import { amountText, countText } from '../figures'

const TEXT = {
  label: 'Accuracy by appliance',
  columns: [
    { name: 'Appliance' },
    { name: 'Meters' },
    { name: 'F1', isNumber: true },
    { name: 'Error', isNumber: true },
    { name: 'Error of always off', isNumber: true },
    { name: 'Runs', isNumber: true },
    { name: 'Homes', isNumber: true },
  ],
  meters: { fine: '6 to 8 s', coarse: '30 to 64 s' } as Record<string, string>,
  measured: 'Measured',
  experimental: 'Experimental',
  unknown: 'Not in the model',
  tooFew: 'Too few runs were measured for a figure.',
  watts: (watts: string) => `${watts}\u00a0W`,
} as const

interface AccuracyTableProps {
  accuracy: readonly Accuracy[]
  labels: Record<Appliance, string>
  locale: string
}

/** What is known of each appliance, by how often the meter reads; the error is the mean of all seconds, in watts. */
export function AccuracyTable({ accuracy, labels, locale }: AccuracyTableProps) {
  return (
    <DataTable label={TEXT.label} columns={TEXT.columns}>
      {accuracy.map(({ appliance, status, measured }) => (
        <Fragment key={appliance}>
          {(measured.length > 0 ? measured : [null]).map((row, index) => (
            <DataRow key={row?.meter ?? 'none'}>
              <DataCell isHead>
                <span className={index > 0 ? 'sr-only' : 'flex flex-wrap items-center gap-2'}>
                  {labels[appliance]}
                  {index === 0 && <StatusBadge status={status} />}
                </span>
              </DataCell>
              {row ? (
                <>
                  <DataCell className="whitespace-nowrap">{TEXT.meters[row.meter] ?? row.meter}</DataCell>
                  <DataCell isNumber>{row.f1.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</DataCell>
                  <DataCell isNumber>{TEXT.watts(amountText(row.maeWatts, locale))}</DataCell>
                  <DataCell isNumber>{row.offMaeWatts === null ? '–' : TEXT.watts(amountText(row.offMaeWatts, locale))}</DataCell>
                  <DataCell isNumber>{countText(row.runs, locale)}</DataCell>
                  <DataCell isNumber>{countText(row.homes, locale)}</DataCell>
                </>
              ) : (
                <td colSpan={TEXT.columns.length - 1} className="py-2 text-ink-soft">{TEXT.tooFew}</td>
              )}
            </DataRow>
          ))}
        </Fragment>
      ))}
    </DataTable>
  )
}

function StatusBadge({ status }: Pick<Accuracy, 'status'>) {
  if (status === null) return <Badge tone="warn">{TEXT.unknown}</Badge>
  return status === 'measured' ? <Badge tone="accent">{TEXT.measured}</Badge> : <Badge>{TEXT.experimental}</Badge>
}
