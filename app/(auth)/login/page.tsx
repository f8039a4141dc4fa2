import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LoginForm } from '@/components/login/login-form'
import { returnPath } from '@/components/login/return-path'
import { Card } from '@/components/ui/card'
import { Mark } from '@/components/ui/wordmark'
import { DEMO_ACCOUNTS } from '@/lib/auth/demo-guard'
import { optionalUser } from '@/lib/auth/require-user'
import { env } from '@/lib/env'

export const metadata: Metadata = { title: 'Log in' }

interface LoginPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const returnTo = returnPath((await searchParams).next)
  if (await optionalUser()) redirect(returnTo)
  return (
    <main
      id="content"
      className={
        'mx-auto flex min-h-dvh max-w-[27rem] flex-col justify-center px-4 ' +
        'pt-[max(2rem,env(safe-area-inset-top))] pb-[max(2rem,env(safe-area-inset-bottom))]'
      }
    >
      <div className="mb-7 flex items-center gap-4 px-1">
        <Mark className="size-12" />
        <div>
          <h1 className="text-2xl leading-7 font-semibold tracking-[-0.02em]">Undercurrent</h1>
          <p className="mt-0.5 text-ink-soft">What flows beneath one number</p>
        </div>
      </div>
      <Card className="p-5 sm:p-7">
        <LoginForm returnTo={returnTo} demoAccounts={env().DEMO ? DEMO_ACCOUNTS : []} />
      </Card>
    </main>
  )
}
