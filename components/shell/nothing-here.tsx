import Link from 'next/link'
import { getTranslations } from '@/components/i18n/server-translations'
import { buttonClass } from '@/components/ui/button'

/** What is said of an address at which there is nothing, or nothing for this user. */
export async function nothingHere() {
  const t = await getTranslations('shell')
  return {
    title: t('notFound.title'),
    text: t('notFound.text'),
    action: <Link href="/live" className={buttonClass('primary')}>{t('notFound.action')}</Link>,
  }
}
