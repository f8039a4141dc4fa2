import type { Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import type { AlertCondition } from '@/lib/contracts/alerts'

/** What a rule waits for, in a line. */
export function conditionText(
  condition: AlertCondition,
  t: Translator<'alerts'>,
  appliances: Translator<'appliances'>,
  format: Format,
): string {
  const number = (value: number) => new Intl.NumberFormat(format.settings.locale, { maximumFractionDigits: 3 }).format(value)
  switch (condition.kind) {
    case 'power':
      return t(`says.power-${condition.direction}`, { watts: number(condition.watts), minutes: number(condition.forMinutes) })
    case 'appliance-on':
      return t('says.appliance-on', { appliance: appliances(`label.${condition.appliance}`), minutes: number(condition.minutes) })
    case 'appliance-hours': {
      const { from, until } = condition
      return t('says.appliance-hours', { appliance: appliances(`label.${condition.appliance}`), from, until })
    }
    case 'appliance-idle':
      return t('says.appliance-idle', { appliance: appliances(`label.${condition.appliance}`), days: condition.days })
    case 'daily-energy':
      return t('says.daily-energy', { amount: number(condition.kilowattHours) })
    case 'daily-cost':
      return t('says.daily-cost', { amount: format.money(condition.amount) })
    case 'no-readings':
      return t('says.no-readings', { minutes: number(condition.minutes) })
    case 'power-quality':
      return t('says.power-quality', { quantity: t(`quantity.${condition.quantity}`), minutes: number(condition.forMinutes) })
    case 'anomaly':
      return t('says.anomaly', { severity: t(`severity.${condition.leastSeverity}`) })
  }
}

/** A rule of a kind to begin with. */
export const FIRST_CONDITIONS: { [Kind in AlertCondition['kind']]: Extract<AlertCondition, { kind: Kind }> } = {
  power: { kind: 'power', direction: 'above', watts: 5000, forMinutes: 10 },
  'appliance-on': { kind: 'appliance-on', appliance: 'ElectricOven', minutes: 120 },
  'appliance-hours': { kind: 'appliance-hours', appliance: 'WashingMachine', from: '22:00', until: '06:00' },
  'appliance-idle': { kind: 'appliance-idle', appliance: 'Freezer', days: 1 },
  'daily-energy': { kind: 'daily-energy', kilowattHours: 20 },
  'daily-cost': { kind: 'daily-cost', amount: 5 },
  'no-readings': { kind: 'no-readings', minutes: 30 },
  'power-quality': { kind: 'power-quality', quantity: 'voltage', forMinutes: 10 },
  anomaly: { kind: 'anomaly', leastSeverity: 'warning' },
}
export const KINDS = Object.keys(FIRST_CONDITIONS) as AlertCondition['kind'][]
