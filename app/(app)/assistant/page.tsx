import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { AssistantView } from '@/components/assistant/assistant-view'
import { SESSIONS_PER_PAGE } from '@/components/assistant/sessions-per-page'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { assistantParts } from '@/lib/assistant/assistant-parts'
import { getSessionOf, listSessionsOf } from '@/lib/assistant/conversation/sessions'
import { suggestQuestions } from '@/lib/assistant/suggestions'
import { chatIdSchema } from '@/lib/contracts/chat'
import { getSiteOf, listSitesOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('assistant'))('title') }
}

export default async function AssistantPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const query = await searchParams
  const { user, siteId, locale, nowSeconds } = await askedSite('/assistant', query)
  if (!siteId) return <NoSite />
  const chatId = chatIdSchema.safeParse(query.chat)
  const [site, sites, sessions, session, models, suggestions] = await Promise.all([
    getSiteOf(user, siteId),
    listSitesOf(user),
    listSessionsOf(user, { limit: SESSIONS_PER_PAGE, messages: 0 }),
    chatId.success ? getSessionOf(user, chatId.data) : null,
    assistantParts().models(),
    suggestQuestions(user, siteId, nowSeconds),
  ])
  if (!site || !suggestions) notFound()
  return (
    <AssistantView
      key={siteId}
      site={site}
      sites={sites.map(({ id, name }) => ({ id, name }))}
      locale={locale}
      nowSeconds={nowSeconds}
      sessions={sessions.map(({ session_id, title, site_id, updated_at }) => ({ session_id, title, site_id, updated_at }))}
      session={session}
      models={models}
      suggestions={suggestions}
    />
  )
}
