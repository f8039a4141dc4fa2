'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { stackOrder } from '@/components/charts/item-look'
import { useItemLabel } from '@/components/charts/use-series-label'
import { useFormat } from '@/components/format/format-context'
import type { EnergyBucket, EnergyReport } from '@/lib/contracts/energy'

const COVERAGE_WORTH_SAYING = 0.99

/** A report as a table: the same figures as its bars, with links where a bar could be clicked. */
export function EnergyTable({
  report,
  nowSeconds,
  nameOf,
  hrefOf,
  caption,
}: {
  report: EnergyReport
  /** What lies ahead has no row. */
  nowSeconds: number
  nameOf: (bucket: EnergyBucket) => string
  hrefOf?: (bucket: EnergyBucket) => string
  caption: string
}) {
  const t = useTranslations('energy.table')
  const itemLabel = useItemLabel()
  const format = useFormat()
  const columns = stackOrder(report.items).reverse()
  const hasCo2 = report.total.co2Kg !== null
  const cell = 'px-2.5 py-2 text-right whitespace-nowrap'
  const rows = report.buckets.filter(({ from, coverage }) => coverage > 0 || from < nowSeconds)
  return (
    <div className="-mx-4 max-h-[28rem] overflow-auto px-4 sm:-mx-5 sm:px-5" role="region" aria-label={caption} tabIndex={0}>
      <table className="figures w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line align-bottom text-ink-soft">
            <th scope="col" className="py-2 pr-2.5 text-left font-medium">
              {t('from')}
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              {t('measured')}
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              {t('cost')}
            </th>
            {hasCo2 && (
              <th scope="col" className={`${cell} font-medium`}>
                CO₂
              </th>
            )}
            {columns.map((info) => (
              <th key={info.key} scope="col" className={`${cell} font-medium`}>
                {itemLabel(info)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((bucket) => (
            <tr key={bucket.from} className="border-b border-line/60 last:border-0">
              <th scope="row" className="py-2 pr-2.5 text-left font-normal whitespace-nowrap">
                {hrefOf ? (
                  <Link href={hrefOf(bucket)} className="underline decoration-line-strong underline-offset-3">
                    {nameOf(bucket)}
                  </Link>
                ) : (
                  nameOf(bucket)
                )}
              </th>
              <td className={`${cell} font-semibold`}>
                {bucket.energyKwh === null ? t('notMeasured') : format.energyText(bucket.energyKwh)}
                {bucket.energyKwh !== null && bucket.coverage < COVERAGE_WORTH_SAYING && (
                  <span className="font-normal text-ink-soft"> {t('inShare', { share: format.percent(bucket.coverage) })}</span>
                )}
              </td>
              <td className={cell}>{bucket.cost === null ? '–' : format.money(bucket.cost)}</td>
              {hasCo2 && <td className={cell}>{bucket.co2Kg === null ? '–' : format.mass(bucket.co2Kg)}</td>}
              {columns.map(({ key }) => {
                const item = bucket.items.find((candidate) => candidate.key === key)
                return (
                  <td key={key} className={cell}>
                    {bucket.energyKwh === null ? '–' : format.energyText(item?.energyKwh ?? 0)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
