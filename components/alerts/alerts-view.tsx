'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { FormatProvider } from '@/components/format/format-context'
import { PageTitle } from '@/components/ui/section'
import type { AlertChannel, AlertHistory, AlertLanguage, AlertRule, ChannelType, QuietHours } from '@/lib/contracts/alerts'
import type { Site } from '@/lib/contracts/sites'
import { ChannelsSection } from './channels-section'
import { HistorySection } from './history-section'
import { QuietForm } from './quiet-form'
import { RulesSection } from './rules-section'

const REFRESH_MILLISECONDS = 30_000

interface AlertsViewProps {
  site: Site
  locale: string
  language: AlertLanguage
  rules: readonly AlertRule[]
  channels: readonly AlertChannel[]
  /** Kinds of channels that can be set up. */
  types: readonly ChannelType[]
  quiet: QuietHours | null
  history: AlertHistory
  mayManage: boolean
}

/** What a site alerts to, how, when not, and what it alerted to. */
export function AlertsView({ site, locale, language, rules, channels, types, quiet, history, mayManage }: AlertsViewProps) {
  const t = useTranslations('alerts')
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, REFRESH_MILLISECONDS)
    return () => clearInterval(timer)
  }, [router])
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={mayManage ? t('text') : t('textView')} />
      <RulesSection siteId={site.id} rules={rules} channels={channels} mayManage={mayManage} />
      <HistorySection history={history} />
      <ChannelsSection siteId={site.id} channels={channels} language={language} types={types} mayManage={mayManage} />
      <QuietForm siteId={site.id} timeZone={site.timeZone} quiet={quiet} mayManage={mayManage} />
    </FormatProvider>
  )
}
