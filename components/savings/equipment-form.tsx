'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ChangeNote, TextField } from '@/components/tariffs/fields'
import { send } from '@/components/tariffs/send-json'
import { useChange } from '@/components/tariffs/use-change'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { Equipment } from '@/lib/contracts/optimisation'

const FIELDS = ['capacity', 'power', 'efficiency', 'peakLimit', 'demandCharge'] as const
type Draft = Record<(typeof FIELDS)[number], string>

const textOf = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(Number(value.toFixed(6))))

interface EquipmentFormProps {
  siteId: string
  currency: string
  equipment: Equipment
  mayWrite: boolean
}

/** Battery, limit of the connection and charge for the highest demand: what is left empty is not there. */
export function EquipmentForm({ siteId, currency, equipment, mayWrite }: EquipmentFormProps) {
  const t = useTranslations('savings.equipment')
  const change = useChange()
  const { battery, peakLimitWatts, demandChargePerKw } = equipment
  const [draft, setDraft] = useState<Draft>({
    capacity: textOf(battery?.capacityKwh),
    power: textOf(battery?.powerKw),
    efficiency: textOf(battery && battery.roundTripEfficiency * 100),
    peakLimit: textOf(peakLimitWatts && peakLimitWatts / 1000),
    demandCharge: textOf(demandChargePerKw),
  })
  const labels: Record<keyof Draft, string> = {
    capacity: t('capacity'),
    power: t('power'),
    efficiency: t('efficiency'),
    peakLimit: t('peakLimit'),
    demandCharge: t('demandCharge', { currency }),
  }
  const numberOf = (field: keyof Draft): number | null => {
    const text = draft[field].trim().replace(',', '.')
    if (text === '') return null
    const value = Number(text)
    if (!(value > 0)) throw new Error(t('notPositive', { field: labels[field] }))
    return value
  }
  const save = async () => {
    const [capacityKwh, powerKw, efficiency] = [numberOf('capacity'), numberOf('power'), numberOf('efficiency')]
    const given = [capacityKwh, powerKw, efficiency].filter((value) => value !== null)
    if (given.length !== 0 && given.length !== 3) throw new Error(t('incomplete'))
    const peakLimitKw = numberOf('peakLimit')
    const body: Equipment = {
      battery:
        capacityKwh === null || powerKw === null || efficiency === null
          ? null
          : { capacityKwh, powerKw, roundTripEfficiency: efficiency / 100 },
      peakLimitWatts: peakLimitKw === null ? null : peakLimitKw * 1000,
      demandChargePerKw: numberOf('demandCharge'),
    }
    await send(`/api/v1/sites/${encodeURIComponent(siteId)}/equipment`, 'PUT', JSON.stringify(body))
    return t('saved')
  }
  return (
    <Section id="equipment" title={t('title')} text={t('text')}>
      <div className="mt-4 space-y-4">
        <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-5">
          {FIELDS.map((field) => (
            <TextField
              key={field}
              label={labels[field]}
              inputMode="decimal"
              disabled={!mayWrite}
              value={draft[field]}
              onChange={({ target }) => setDraft({ ...draft, [field]: target.value })}
            />
          ))}
        </div>
        <ChangeNote change={change} />
        {mayWrite && (
          <Button look="primary" disabled={change.isBusy} onClick={() => void change.run(save)}>
            {t('save')}
          </Button>
        )}
      </div>
    </Section>
  )
}
