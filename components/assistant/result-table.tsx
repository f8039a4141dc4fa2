'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { valueText, type ResultTable as Table } from './prepare-result'
import { useToolWords } from './tool-words'

/** The rows of a result, each value with its unit. */
export function ResultTable({ table, caption }: { table: Table; caption: string }) {
  const words = useToolWords()
  const format = useFormat()
  const units = useTranslations('format')
  const isNumber = (index: number) => ![null, 'time'].includes(table.columns[index]?.unit ?? null)
  return (
    <div className="-mx-4 max-h-96 overflow-auto px-4 sm:-mx-5 sm:px-5" role="region" aria-label={caption} tabIndex={0}>
      <table className="figures w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line align-bottom text-ink-soft">
            {table.columns.map(({ name }, index) => (
              <th key={name} scope="col" className={`py-2 font-medium ${isNumber(index) ? 'pl-4 text-right' : 'pr-4 text-left'}`}>
                {words.column(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line} className="border-b border-line/60 last:border-0">
              {row.map((cell, index) => {
                const unit = table.columns[index]?.unit ?? null
                const text = unit === null && typeof cell === 'string' ? words.name(cell) : valueText(cell, unit, format, units)
                return index === 0 ? (
                  <th key={index} scope="row" className="py-2 pr-4 text-left font-normal whitespace-nowrap">{text}</th>
                ) : (
                  <td key={index} className={`py-2 ${isNumber(index) ? 'pl-4 text-right whitespace-nowrap' : 'pr-4'}`}>{text}</td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
