import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { AlertsView } from '@/components/alerts/alerts-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import { canSendEmail } from '@/lib/services/alerts/channels/send-email'
import { getAlertHistoryOf, getQuietHoursOf, listAlertChannelsOf, listAlertRulesOf } from '@/lib/services/alerts/site-alerts'
import { getSiteOf } from '@/lib/services/describe-sites'

const EVENTS_SHOWN = 50

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('title') }
}

export default async function AlertsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/insights/alerts', await searchParams)
  if (!siteId) return <NoSite />
  const { language } = await currentReader()
  const [site, rules, channels, quiet, history] = await Promise.all([
    getSiteOf(user, siteId),
    listAlertRulesOf(user, siteId),
    listAlertChannelsOf(user, siteId),
    getQuietHoursOf(user, siteId),
    getAlertHistoryOf(user, siteId, { limit: EVENTS_SHOWN }, language),
  ])
  if (!site || !rules || !channels || !quiet || !history) notFound()
  return (
    <AlertsView
      key={siteId}
      site={site}
      locale={locale}
      language={language}
      rules={rules}
      channels={channels}
      types={canSendEmail() ? ['email', 'webhook', 'mqtt', 'push'] : ['webhook', 'mqtt', 'push']}
      quiet={quiet.quiet}
      history={history}
      mayManage={can(user, 'alert:manage')}
    />
  )
}
