'use client'

import { useTranslations } from 'use-intl'
import { SeriesIcon } from '@/components/charts/series-identity'
import { MenuChoices, MenuItem } from '@/components/ui/menu'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { SiteRun } from '@/lib/contracts/home-learning'

const NOT = 'not'

/** In a menu: what a run may have been, and the way back. */
export function RunChoices({ run, name, onSay, onTakeBack }: {
  run: SiteRun
  name: string
  onSay: (trueAppliance: Appliance | null) => void
  onTakeBack: () => void
}) {
  const t = useTranslations('runs')
  const { appliance, label } = run
  const others = APPLIANCES.filter((other) => other !== appliance)
  return (
    <>
      {!run.isAdded && (
        <MenuChoices
          label={name}
          value={label ? (label.trueAppliance ?? NOT) : ''}
          choices={[
            { value: appliance, label: t('right', { appliance: t(`withArticle.${appliance}`) }) },
            { value: NOT, label: t(`not.${appliance}`) },
            ...others.map((other) => ({
              value: other,
              label: t('itWas', { appliance: t(`withArticle.${other}`) }),
              icon: <SeriesIcon series={other} className="size-4 text-ink-soft" />,
            })),
          ]}
          onChange={(value) => onSay(APPLIANCES.find((known) => known === value) ?? null)}
        />
      )}
      {label && <MenuItem onSelect={onTakeBack}>{t('takeBack')}</MenuItem>}
    </>
  )
}
