import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { HealthView } from '@/components/admin/health/health-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { getLogLevel } from '@/lib/services/log-level'
import { getSystemHealth } from '@/lib/services/system-health'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('adminHealth'))('title') }
}

export default async function HealthPage() {
  const user = await requireUser('/admin/health')
  if (!can(user, 'metrics:read')) notFound()
  const [health, logLevel] = await Promise.all([getSystemHealth(), getLogLevel()])
  const { locale } = await currentReader()
  return <HealthView first={health} logLevel={logLevel} maySetLevel={can(user, 'system:manage')} locale={locale} />
}
