import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from '@/components/i18n/server-translations'
import { LoginForm } from '@/components/login/login-form'
import { returnPath } from '@/components/login/return-path'
import { EntryPage } from '@/components/shell/entry-page'
import { DEMO_ACCOUNTS } from '@/lib/auth/demo-guard'
import { optionalUser } from '@/lib/auth/require-user'
import { env } from '@/lib/env'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('entry'))('title') }
}

interface LoginPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const returnTo = returnPath((await searchParams).next)
  if (await optionalUser()) redirect(returnTo)
  return (
    <EntryPage>
      <LoginForm returnTo={returnTo} demoAccounts={env().DEMO ? DEMO_ACCOUNTS : []} />
    </EntryPage>
  )
}
