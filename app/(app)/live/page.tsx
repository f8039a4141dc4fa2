import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { LiveView } from '@/components/live/live-view'
import { NoSite } from '@/components/shell/no-site'
import { env } from '@/lib/env'
import { getLiveSnapshotOf } from '@/lib/services/live-snapshot'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('live'))('title') }
}

export default async function LivePage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/live', await searchParams)
  if (!siteId) return <NoSite />
  const snapshot = await getLiveSnapshotOf(user, siteId)
  if (!snapshot) notFound()
  return <LiveView key={siteId} snapshot={snapshot} locale={locale} redisUrl={publicRedisUrl()} />
}

/** Where meters may publish, without the password; null where PostgreSQL carries the live data. */
function publicRedisUrl(): string | null {
  const { LIVE_STORE, REDIS_URL, REDIS_HOST, REDIS_PORT } = env()
  const url = REDIS_URL ?? (REDIS_HOST ? `redis://${REDIS_HOST}:${REDIS_PORT}` : null)
  return LIVE_STORE === 'postgres' ? null : (url?.replace(/\/\/[^@/]*@/, '//') ?? null)
}
