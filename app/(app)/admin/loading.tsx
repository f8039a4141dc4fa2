import { getTranslations } from '@/components/i18n/server-translations'
import { Skeleton } from '@/components/ui/skeleton'

/** The sizes of a page's parts, so that little moves when they come. */
export default async function AdminLoading() {
  const t = await getTranslations('admin')
  return (
    <div role="status" className="space-y-5 sm:space-y-6">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-9 w-56" />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {[0, 1, 2, 3].map((index) => <Skeleton key={index} className="h-32 rounded-2xl" />)}
      </div>
      <Skeleton className="h-72 rounded-2xl" />
      <Skeleton className="h-72 rounded-2xl" />
    </div>
  )
}
