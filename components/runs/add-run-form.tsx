'use client'

import { DateTime } from 'luxon'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { newRunLabelSchema, type NewRunLabel } from '@/lib/contracts/home-learning'

const FIELD = 'min-h-11 w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-ink'

/** A run that was missed altogether: what it was, from when, how long; times are the site's. */
export function AddRunForm({ buildings, isBusy, onAdd }: {
  buildings: readonly { id: string; name: string }[]
  isBusy: boolean
  onAdd: (label: NewRunLabel) => Promise<boolean>
}) {
  const t = useTranslations('runs.add')
  const appliances = useTranslations('appliances')
  const { timeZone } = useFormat().settings
  const [buildingId, setBuildingId] = useState(buildings[0]?.id ?? '')
  const [appliance, setAppliance] = useState<Appliance>('Dishwasher')
  const [start, setStart] = useState('')
  const [minutes, setMinutes] = useState('60')
  const [problem, setProblem] = useState<string | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const startedAt = Math.floor(DateTime.fromISO(start, { zone: timeZone }).toSeconds())
    const label = { buildingId, startedAt, endedAt: startedAt + Math.round(60 * Number(minutes)) }
    const checked = newRunLabelSchema.safeParse({ ...label, estimatedAppliance: null, trueAppliance: appliance })
    setProblem(checked.success ? null : t('problem'))
    if (checked.success && (await onAdd(checked.data))) setStart('')
  }

  return (
    <Card aria-labelledby="add-run-heading" className="p-4 sm:p-5">
      <h2 id="add-run-heading" className="text-lg font-semibold tracking-[-0.01em]">{t('title')}</h2>
      <p className="mt-1 max-w-prose text-sm text-ink-soft">
        {t('text')}
      </p>
      <form onSubmit={(event) => void submit(event)} className="mt-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_8rem_auto] lg:items-end">
        {buildings.length > 1 && (
          <Labelled text={t('building')}>
            <select className={FIELD} value={buildingId} onChange={(event) => setBuildingId(event.target.value)}>
              {buildings.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          </Labelled>
        )}
        <Labelled text={t('appliance')}>
          <select
            className={FIELD}
            value={appliance}
            onChange={(event) => setAppliance(APPLIANCES.find((known) => known === event.target.value) ?? appliance)}
          >
            {APPLIANCES.map((known) => <option key={known} value={known}>{appliances(`label.${known}`)}</option>)}
          </select>
        </Labelled>
        <Labelled text={t('began')}>
          <input className={FIELD} type="datetime-local" required value={start} onChange={(event) => setStart(event.target.value)} />
        </Labelled>
        <Labelled text={t('minutes')}>
          <input
            className={FIELD}
            type="number"
            min={1}
            max={1440}
            required
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
          />
        </Labelled>
        <Button type="submit" look="primary" disabled={isBusy}>{t('add')}</Button>
      </form>
      <p role="alert" className="mt-2 text-sm text-bad empty:hidden">{problem}</p>
    </Card>
  )
}

function Labelled({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <label className="block text-sm font-medium text-ink-soft">
      {text}
      <span className="mt-1 block font-normal">{children}</span>
    </label>
  )
}
