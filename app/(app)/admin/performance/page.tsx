import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PerformanceView } from '@/components/admin/performance/performance-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { getPerformance } from '@/lib/services/performance'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('adminPerformance'))('title') }
}

export default async function PerformancePage() {
  const user = await requireUser('/admin/performance')
  if (!can(user, 'metrics:read')) notFound()
  const { locale } = await currentReader()
  return <PerformanceView first={await getPerformance()} locale={locale} />
}
