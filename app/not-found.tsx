import Link from 'next/link'
import { getTranslations } from '@/components/i18n/server-translations'
import { StatePage } from '@/components/shell/state-page'
import { buttonClass } from '@/components/ui/button'

export async function generateMetadata() {
  return { title: (await getTranslations('shell'))('notFound.name') }
}

export default async function NotFound() {
  const t = await getTranslations('shell')
  return (
    <StatePage
      title={t('notFound.title')}
      text={t('notFound.text')}
      action={<Link href="/live" className={buttonClass('primary')}>{t('notFound.action')}</Link>}
    />
  )
}
