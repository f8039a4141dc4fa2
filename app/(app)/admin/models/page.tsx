import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ModelsView } from '@/components/admin/models/models-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { getModelRegistry, readModelCard } from '@/lib/services/model-registry'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('adminModels'))('title') }
}

export default async function ModelsPage() {
  const user = await requireUser('/admin/models')
  if (!can(user, 'metrics:read')) notFound()
  const [registry, card] = await Promise.all([getModelRegistry(), readModelCard()])
  const { locale } = await currentReader()
  return <ModelsView registry={registry} card={card} locale={locale} />
}
