'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { ImportPreview, Quantity } from '@/lib/contracts/import'
import { reasonText } from './import-words'

/** What a stored value is in. */
const STORED_UNITS: Partial<Record<Quantity, string>> = {
  power: 'W',
  voltage: 'V',
  current: 'A',
  reactivePower: 'var',
  apparentPower: 'VA',
  frequency: 'Hz',
  thd: '%',
  energy: 'Wh',
  energyTotal: 'Wh',
}

/** The first rows as they will be stored. */
export function PreviewTable({ preview }: { preview: ImportPreview }) {
  const t = useTranslations('import')
  const { settings } = useFormat()
  const quantities = [...new Set(preview.mapping.columns.map(({ quantity }) => quantity))]
  const time = new Intl.DateTimeFormat(settings.locale, { dateStyle: 'short', timeStyle: 'medium', timeZone: settings.timeZone })
  const number = new Intl.NumberFormat(settings.locale, { maximumSignificantDigits: 6 })
  return (
    <div className="scroll-shade overflow-x-auto" tabIndex={0} role="region" aria-label={t('preview.label')}>
      <table className="figures w-full text-left text-sm">
        <caption className="pb-2 text-left font-medium text-ink-soft">
          {t('preview.caption')}
        </caption>
        <thead>
          <tr className="border-b border-line text-ink-soft">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              {t('preview.line')}
            </th>
            <th scope="col" className="py-1.5 pr-4 font-medium">
              {t('preview.time')}
            </th>
            {quantities.map((quantity) => (
              <th key={quantity} scope="col" className="py-1.5 pr-4 text-right font-medium">
                {t(`quantities.${quantity}`)}
                {STORED_UNITS[quantity] && ` (${STORED_UNITS[quantity]})`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, 10).map(({ line, timestamp, values, problem }) => (
            <tr key={line} className="border-b border-line/60">
              <td className="py-1.5 pr-4">{line}</td>
              {problem === null ? (
                <>
                  <td className="py-1.5 pr-4 whitespace-nowrap">{timestamp === null ? '' : time.format(timestamp * 1000)}</td>
                  {quantities.map((quantity) => (
                    <td key={quantity} className="py-1.5 pr-4 text-right">
                      {shown(values[quantity], number)}
                    </td>
                  ))}
                </>
              ) : (
                <td colSpan={1 + quantities.length} className="py-1.5 text-bad">
                  {t('preview.notStored', { problem: reasonText(problem, t) })}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function shown(value: string | number | undefined, format: Intl.NumberFormat): string {
  return typeof value === 'number' ? format.format(value) : (value ?? '')
}
