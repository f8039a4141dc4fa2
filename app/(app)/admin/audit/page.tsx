import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AuditView } from '@/components/admin/audit-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { auditQuerySchema } from '@/lib/contracts/audit'
import { listAudit } from '@/lib/services/audit'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('audit.title') }
}

interface AuditPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AuditLogPage({ searchParams }: AuditPageProps) {
  const user = await requireUser('/admin/audit')
  const asked = auditQuerySchema.safeParse(await searchParams)
  if (!can(user, 'audit:read') || !asked.success) notFound()
  const { locale } = await currentReader()
  return <AuditView page={await listAudit(asked.data)} isNewest={asked.data.before === undefined} locale={locale} />
}
