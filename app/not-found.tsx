import { getTranslations } from '@/components/i18n/server-translations'
import { nothingHere } from '@/components/shell/nothing-here'
import { StatePage } from '@/components/shell/state-page'

export async function generateMetadata() {
  return { title: (await getTranslations('shell'))('notFound.name') }
}

export default async function NotFound() {
  return <StatePage {...await nothingHere()} />
}
