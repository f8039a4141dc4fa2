import { getTranslations } from '@/components/i18n/server-translations'
import { Skeleton } from '@/components/ui/skeleton'

/** The sizes of the page's parts, so that nothing moves when they come. */
export default async function Loading() {
  const t = await getTranslations('assistant')
  return (
    <div role="status" className="grid gap-x-8 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <span className="sr-only">{t('loading')}</span>
      <div className="space-y-3 max-lg:hidden">
        <Skeleton className="h-11" />
        <Skeleton className="h-11" />
        <Skeleton className="h-72" />
      </div>
      <div className="mx-auto w-full max-w-[50rem] space-y-6 pt-[8dvh]">
        <Skeleton className="h-9 w-72 max-w-full" />
        <Skeleton className="h-5 w-96 max-w-full" />
        <Skeleton className="h-48 rounded-2xl" />
      </div>
    </div>
  )
}
