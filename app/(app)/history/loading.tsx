import { getTranslations } from '@/components/i18n/server-translations'
import { Skeleton } from '@/components/ui/skeleton'

/** The sizes of the page's parts, so that nothing moves when they come. */
export default async function Loading() {
  const t = await getTranslations('energy')
  return (
    <div role="status" className="space-y-5 sm:space-y-6">
      <span className="sr-only">{t('history.loading')}</span>
      <div className="space-y-3">
        <Skeleton className="h-9 w-64" />
        <Skeleton className="h-16 max-w-xl sm:h-12" />
        <Skeleton className="h-5 w-80 max-w-full" />
      </div>
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-[28rem] rounded-2xl lg:col-span-2" />
        <Skeleton className="h-[28rem] rounded-2xl" />
      </div>
    </div>
  )
}
