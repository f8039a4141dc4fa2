import { getTranslations } from '@/components/i18n/server-translations'
import { Skeleton } from '@/components/ui/skeleton'

/** The sizes of the live page's parts, so that nothing moves when they come. */
export default async function LiveLoading() {
  const t = await getTranslations('live')
  return (
    <div role="status" className="space-y-5 sm:space-y-6">
      <span className="sr-only">{t('loading')}</span>
      <div className="space-y-4">
        <Skeleton className="h-7 w-72" />
        <Skeleton className="h-[6.25rem] max-w-2xl sm:h-[8rem] lg:h-[6.75rem]" />
      </div>
      <Skeleton className="h-[22.5rem] rounded-2xl" />
      <Skeleton className="h-6 w-32" />
      <div className="grid gap-2.5 sm:grid-cols-2 sm:gap-3 lg:grid-cols-3 2xl:grid-cols-4">
        {Array.from({ length: 12 }, (_, index) => <Skeleton key={index} className="h-[4.7rem] rounded-2xl" />)}
      </div>
      <Skeleton className="h-[22.5rem] rounded-2xl" />
    </div>
  )
}
