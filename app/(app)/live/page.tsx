import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { firstLocale } from '@/components/format/quantities'
import { NothingHere } from '@/components/live/first-reading'
import { LiveView } from '@/components/live/live-view'
import { env } from '@/lib/env'
import { requireUser } from '@/lib/auth/require-user'
import { getLiveSnapshotOf, listSitesOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'Live' }

interface LivePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function LivePage({ searchParams }: LivePageProps) {
  const { site } = await searchParams
  const asked = typeof site === 'string' ? site : undefined
  const user = await requireUser(asked ? `/live?site=${encodeURIComponent(asked)}` : '/live')
  const siteId = asked ?? (await listSitesOf(user))[0]?.id
  if (!siteId) {
    return (
      <NothingHere
        title="No site yet"
        text="Your account does not belong to a site yet. Whoever manages the site can add you to it."
      />
    )
  }
  const snapshot = await getLiveSnapshotOf(user, siteId)
  if (!snapshot) notFound()
  const locale = firstLocale((await headers()).get('accept-language'))
  return <LiveView key={siteId} snapshot={snapshot} locale={locale} redisUrl={publicRedisUrl()} />
}

/** Where meters may publish, without the password; null where PostgreSQL carries the live data. */
function publicRedisUrl(): string | null {
  const { LIVE_STORE, REDIS_URL, REDIS_HOST, REDIS_PORT } = env()
  const url = REDIS_URL ?? (REDIS_HOST ? `redis://${REDIS_HOST}:${REDIS_PORT}` : null)
  return LIVE_STORE === 'postgres' ? null : (url?.replace(/\/\/[^@/]*@/, '//') ?? null)
}
