import { Suspense, type ReactNode } from 'react'
import { getTranslations } from '@/components/i18n/server-translations'
import { SectionNav } from '@/components/shell/section-nav'

const PAGES = [
  { path: '/insights', name: 'anomalies' },
  { path: '/insights/forecast', name: 'forecast' },
  { path: '/insights/savings', name: 'savings' },
  { path: '/insights/maintenance', name: 'maintenance' },
  { path: '/insights/alerts', name: 'alerts' },
  { path: '/insights/models', name: 'models' },
] as const

export default async function InsightsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shell')
  const pages = PAGES.map(({ path, name }) => ({ path, label: t(`insightPage.${name}`) }))
  return (
    <>
      <Suspense><SectionNav label={t('page.insights')} pages={pages} /></Suspense>
      {children}
    </>
  )
}
