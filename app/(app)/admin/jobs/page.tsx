import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { JobsView } from '@/components/admin/jobs/jobs-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { workQuerySchema } from '@/lib/contracts/jobs'
import { listWorkOf } from '@/lib/services/jobs'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('adminJobs'))('title') }
}

interface JobsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function JobsPage({ searchParams }: JobsPageProps) {
  const user = await requireUser('/admin/jobs')
  const asked = workQuerySchema.safeParse(await searchParams)
  if (!can(user, 'job:manage') || !asked.success) notFound()
  const { state, before } = asked.data
  const { locale } = await currentReader()
  const first = await listWorkOf(user, { state, before, limit: 50 })
  // The key: another list begins anew.
  return <JobsView key={`${state} ${before}`} first={first} state={state} before={before} locale={locale} />
}
