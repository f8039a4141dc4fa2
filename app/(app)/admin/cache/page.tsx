import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CacheView } from '@/components/admin/cache/cache-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { describeAssistantModel } from '@/lib/services/assistant-model'
import { getCacheStats } from '@/lib/services/system-metrics'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('adminCache'))('title') }
}

export default async function CachePage() {
  const user = await requireUser('/admin/cache')
  if (!can(user, 'metrics:read')) notFound()
  const [stats, model] = await Promise.all([getCacheStats(), describeAssistantModel()])
  const { locale } = await currentReader()
  return <CacheView first={stats} model={model} mayFlush={can(user, 'system:manage')} locale={locale} />
}
