'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { ALERT_QUANTITIES, ALERT_SEVERITIES, type AlertCondition } from '@/lib/contracts/alerts'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { NumberField, SelectField, TimeField } from './form-fields'

interface ConditionFieldsProps {
  condition: AlertCondition
  onChange: (condition: AlertCondition) => void
}

const MOST_MINUTES = 1440
const WEEK_MINUTES = 10_080

/** What a condition of its kind asks for. */
export function ConditionFields({ condition, onChange }: ConditionFieldsProps) {
  const t = useTranslations('alerts')
  const appliances = useTranslations('appliances')
  const { settings } = useFormat()
  const applianceField = (value: (typeof APPLIANCES)[number], set: (appliance: (typeof APPLIANCES)[number]) => void) => (
    <SelectField
      label={t('form.appliance')}
      value={value}
      options={APPLIANCES.map((key) => [key, appliances(`label.${key}`)])}
      onChange={set}
    />
  )
  const minutesField = (value: number, min: number, max: number, set: (minutes: number) => void) => (
    <NumberField label={t('form.minutes')} value={value} min={min} max={max} onChange={set} />
  )
  switch (condition.kind) {
    case 'power':
      return (
        <>
          <SelectField
            label={t('form.direction')}
            value={condition.direction}
            options={[['above', t('direction.above')], ['below', t('direction.below')]]}
            onChange={(direction) => onChange({ ...condition, direction })}
          />
          <NumberField
            label={t('form.watts')}
            value={condition.watts}
            min={-1e6}
            max={1e6}
            step="any"
            onChange={(watts) => onChange({ ...condition, watts })}
          />
          {minutesField(condition.forMinutes, 1, MOST_MINUTES, (forMinutes) => onChange({ ...condition, forMinutes }))}
        </>
      )
    case 'appliance-on':
      return (
        <>
          {applianceField(condition.appliance, (appliance) => onChange({ ...condition, appliance }))}
          {minutesField(condition.minutes, 1, WEEK_MINUTES, (minutes) => onChange({ ...condition, minutes }))}
        </>
      )
    case 'appliance-hours':
      return (
        <>
          {applianceField(condition.appliance, (appliance) => onChange({ ...condition, appliance }))}
          <TimeField label={t('form.from')} value={condition.from} onChange={(from) => onChange({ ...condition, from })} />
          <TimeField label={t('form.until')} value={condition.until} onChange={(until) => onChange({ ...condition, until })} />
        </>
      )
    case 'appliance-idle':
      return (
        <>
          {applianceField(condition.appliance, (appliance) => onChange({ ...condition, appliance }))}
          <NumberField label={t('form.days')} value={condition.days} min={1} max={60} onChange={(days) => onChange({ ...condition, days })} />
        </>
      )
    case 'daily-energy':
      return (
        <NumberField
          label={t('form.kilowattHours')}
          value={condition.kilowattHours}
          min={0.001}
          max={1e6}
          step="any"
          onChange={(kilowattHours) => onChange({ ...condition, kilowattHours })}
        />
      )
    case 'daily-cost':
      return (
        <NumberField
          label={t('form.amount', { currency: settings.currency })}
          value={condition.amount}
          min={0.01}
          max={1e6}
          step="any"
          onChange={(amount) => onChange({ ...condition, amount })}
        />
      )
    case 'no-readings':
      return minutesField(condition.minutes, 1, WEEK_MINUTES, (minutes) => onChange({ ...condition, minutes }))
    case 'power-quality':
      return (
        <>
          <SelectField
            label={t('form.quantity')}
            value={condition.quantity}
            options={ALERT_QUANTITIES.map((key) => [key, t(`quantity.${key}`)])}
            onChange={(quantity) => onChange({ ...condition, quantity })}
          />
          {minutesField(condition.forMinutes, 10, MOST_MINUTES, (forMinutes) => onChange({ ...condition, forMinutes }))}
        </>
      )
    case 'anomaly':
      return (
        <SelectField
          label={t('form.leastSeverity')}
          value={condition.leastSeverity}
          options={ALERT_SEVERITIES.map((key) => [key, t(`severity.${key}`)])}
          onChange={(leastSeverity) => onChange({ ...condition, leastSeverity })}
        />
      )
  }
}
