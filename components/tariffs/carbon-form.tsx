'use client'

import { useState } from 'react'
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
  const change = useChange()
  const [rows, setRows] = useState(factors.map(({ validFrom, gramsPerKwh }) => ({ validFrom, grams: String(gramsPerKwh) })))
  const save = async () => {
    const data = rows.map(({ validFrom, grams }) => ({ validFrom, gramsPerKwh: Number(grams.replace(',', '.')) }))
    if (data.some(({ gramsPerKwh }) => !Number.isFinite(gramsPerKwh))) throw new Error('Factors have to be numbers.')
    await send(`/api/v1/sites/${encodeURIComponent(siteId)}/carbon/factors`, 'PUT', JSON.stringify({ data }))
    return 'Saved.'
  }
  return (
    <Card aria-labelledby="carbon-heading" className="space-y-3 p-4 sm:p-5">
      <h2 id="carbon-heading" className="text-lg font-semibold tracking-[-0.01em]">
        CO₂ factors
      </h2>
      <p className="text-sm text-ink-soft">
        Grams of CO₂ equivalent per kWh drawn, as the supplier or the grid operator states them. Without one, no CO₂ is shown.
      </p>
      {rows.length === 0 && !mayWrite && <p className="text-sm">None entered yet.</p>}
      {rows.map((row, index) => (
        // Rows have no identity but their place.
        <div key={index} className="flex flex-wrap items-end gap-2">
          <TextField
            className="min-w-40 grow"
            label="From"
            type="date"
            disabled={!mayWrite}
            value={row.validFrom}
            onChange={({ target }) =>
              setRows(rows.map((other, at) => (at === index ? { ...other, validFrom: target.value } : other)))
            }
          />
          <TextField
            className="min-w-28 grow"
            label="g per kWh"
            inputMode="decimal"
            disabled={!mayWrite}
            value={row.grams}
            onChange={({ target }) =>
              setRows(rows.map((other, at) => (at === index ? { ...other, grams: target.value } : other)))
            }
          />
          {mayWrite && <Button onClick={() => setRows(rows.filter((_, at) => at !== index))}>Remove</Button>}
        </div>
      ))}
      <ChangeNote change={change} />
      {mayWrite && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setRows([...rows, { validFrom: today, grams: '' }])}>Add a factor</Button>
          <Button look="primary" disabled={change.isBusy} onClick={() => void change.run(save)}>
            Save the factors
          </Button>
        </div>
      )}
    </Card>
  )
}
