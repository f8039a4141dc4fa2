'use client'

import { useTranslations } from 'use-intl'
import type { EnergyItemInfo } from '@/lib/contracts/energy'
import type { Series } from './appliance-colors'

/** What the reader calls a band: the name of an appliance, or of the rest. */
export function useSeriesLabel(): (series: Series) => string {
  const t = useTranslations('appliances')
  return (series) => (series === 'other' ? t('other') : t(`label.${series}`))
}

/** What the reader calls a share of the meter; a room has the name its people gave it. */
export function useItemLabel(): (info: EnergyItemInfo) => string {
  const t = useTranslations('appliances')
  return ({ kind, appliance, label }) => {
    if (appliance) return t(`label.${appliance}`)
    return kind === 'other' || kind === 'export' || kind === 'unassigned' ? t(kind) : label
  }
}
