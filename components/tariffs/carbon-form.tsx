'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { CarbonFactor } from '@/lib/contracts/tariffs'
import { ChangeNote, TextField } from './fields'
import { send } from './send-json'
import { useChange } from './use-change'

/** How much CO2 a kWh stands for, from which day on. */
export function CarbonForm({
  siteId,
  factors,
  today,
  mayWrite,
}: {
  siteId: string
  factors: readonly CarbonFactor[]
  today: string
  mayWrite: boolean
}) {
  const t = useTranslations('tariffs.carbon')
  const words = useTranslations('tariffs')
  const change = useChange()
  const [rows, setRows] = useState(factors.map(({ validFrom, gramsPerKwh }) => ({ validFrom, grams: String(gramsPerKwh) })))
  const save = async () => {
    const data = rows.map(({ validFrom, grams }) => ({ validFrom, gramsPerKwh: Number(grams.replace(',', '.')) }))
    if (data.some(({ gramsPerKwh }) => !Number.isFinite(gramsPerKwh))) throw new Error(t('notNumbers'))
    await send(`/api/v1/sites/${encodeURIComponent(siteId)}/carbon/factors`, 'PUT', JSON.stringify({ data }))
    return words('saved')
  }
  return (
    <Card aria-labelledby="carbon-heading" className="space-y-3 p-4 sm:p-5">
      <h2 id="carbon-heading" className="text-lg font-semibold tracking-[-0.01em]">
        {t('title')}
      </h2>
      <p className="text-sm text-ink-soft">{t('text')}</p>
      {rows.length === 0 && !mayWrite && <p className="text-sm">{t('none')}</p>}
      {rows.map((row, index) => (
        // Rows have no identity but their place.
        <div key={index} className="flex flex-wrap items-end gap-2">
          <TextField
            className="min-w-40 grow"
            label={t('from')}
            type="date"
            disabled={!mayWrite}
            value={row.validFrom}
            onChange={({ target }) =>
              setRows(rows.map((other, at) => (at === index ? { ...other, validFrom: target.value } : other)))
            }
          />
          <TextField
            className="min-w-28 grow"
            label={t('grams')}
            inputMode="decimal"
            disabled={!mayWrite}
            value={row.grams}
            onChange={({ target }) =>
              setRows(rows.map((other, at) => (at === index ? { ...other, grams: target.value } : other)))
            }
          />
          {mayWrite && <Button onClick={() => setRows(rows.filter((_, at) => at !== index))}>{t('remove')}</Button>}
        </div>
      ))}
      <ChangeNote change={change} />
      {mayWrite && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setRows([...rows, { validFrom: today, grams: '' }])}>{t('add')}</Button>
          <Button look="primary" disabled={change.isBusy} onClick={() => void change.run(save)}>
            {t('save')}
          </Button>
        </div>
      )}
    </Card>
  )
}
