'use client'

import { CircleAlert, Eye, EyeOff, LoaderCircle } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { useRef, useState, useSyncExternalStore, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Translator } from '@/components/i18n/messages'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import type { Role } from '@/lib/contracts/current-user'

export interface DemoAccount {
  username: string
  password: string
  role: Role
}

const FIELD =
  'h-12 w-full rounded-lg border border-line-strong/70 bg-surface px-3.5 text-base text-ink ' +
  'focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-bad'

const neverChanges = () => () => {}

/** False until React has taken the page over: a form sent before that would reach nobody. */
function useIsInteractive(): boolean {
  return useSyncExternalStore(neverChanges, () => true, () => false)
}

function errorText(error: string, t: Translator<'entry'>): string {
  if (error === 'TooManyAttempts') return t('problem.attempts')
  if (error === 'CredentialsSignin') return t('problem.credentials')
  return t('problem.failed')
}

export function LoginForm({ returnTo, demoAccounts }: { returnTo: string; demoAccounts: readonly DemoAccount[] }) {
  const t = useTranslations('entry')
  const ui = useTranslations('ui')
  const roles = useTranslations('account.roles')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isInteractive = useIsInteractive()
  const [isPasswordShown, setPasswordShown] = useState(false)
  const usernameField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)

  const logIn = async (username: string, password: string) => {
    setBusy(true)
    setProblem(null)
    try {
      const result = await signIn('credentials', { username, password, redirect: false })
      if (result?.ok && !result.error) {
        // A full load, so that nothing rendered for nobody stays in the router's cache.
        window.location.assign(returnTo)
        return
      }
      setProblem(errorText(result?.error ?? '', t))
      passwordField.current?.select()
    } catch {
      setProblem(t('problem.unreachable'))
    }
    setBusy(false)
  }

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // Read from the fields, not from state: password managers fill without events that React hears.
    const username = usernameField.current?.value.trim() ?? ''
    const password = passwordField.current?.value ?? ''
    if (!username || !password) {
      setProblem(username ? t('problem.noPassword') : t('problem.noUsername'))
      ;(username ? passwordField : usernameField).current?.focus()
      return
    }
    void logIn(username, password)
  }

  return (
    <>
      <form method="post" onSubmit={onSubmit} noValidate className="space-y-5">
        <div className="space-y-1.5">
          <label htmlFor="username" className="block text-sm font-medium">{t('username')}</label>
          <input
            ref={usernameField}
            id="username"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            required
            className={FIELD}
            aria-invalid={problem !== null}
            aria-describedby="login-problem"
          />
        </div>
        <div className="space-y-1.5">
          <label htmlFor="password" className="block text-sm font-medium">{t('password')}</label>
          <div className="relative">
            <input
              ref={passwordField}
              id="password"
              name="password"
              type={isPasswordShown ? 'text' : 'password'}
              autoComplete="current-password"
              required
              className={`${FIELD} pr-12`}
              aria-invalid={problem !== null}
              aria-describedby="login-problem"
            />
            <button
              type="button"
              onClick={() => setPasswordShown((wasShown) => !wasShown)}
              aria-pressed={isPasswordShown}
              aria-label={ui('showPassword')}
              className="absolute inset-y-0 right-0 grid w-12 place-items-center rounded-lg text-ink-faint hover:text-ink"
            >
              {isPasswordShown ? <EyeOff aria-hidden className="size-4.5" /> : <Eye aria-hidden className="size-4.5" />}
            </button>
          </div>
        </div>
        <div id="login-problem" role="alert" className="empty:hidden">
          {problem && (
            <p className="flex items-start gap-2.5 rounded-lg bg-bad-wash px-3.5 py-2.5 text-sm text-bad">
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {problem}
            </p>
          )}
        </div>
        <Button
          type="submit"
          look="primary"
          disabled={isBusy || !isInteractive}
          className={classNames('h-12 w-full text-base', !isBusy && 'disabled:opacity-100')}
        >
          {isBusy && <LoaderCircle aria-hidden className="size-4.5 animate-spin" />}
          {isBusy ? t('loggingIn') : t('logIn')}
        </Button>
      </form>
      {demoAccounts.length > 0 && (
        <section aria-labelledby="demo-heading" className="mt-8 border-t border-line pt-6">
          <h2 id="demo-heading" className="text-sm font-medium">{t('demo')}</h2>
          <ul className="mt-3 grid gap-2 sm:grid-cols-2">
            {demoAccounts.map(({ username, password, role }) => (
              <li key={username}>
                <Button
                  disabled={isBusy}
                  onClick={() => void logIn(username, password)}
                  className="h-auto w-full flex-col items-start gap-y-0 py-2.5 text-left"
                >
                  <span className="leading-6">
                    {username}{role !== username && <span className="font-normal text-ink-soft"> · {roles(role)}</span>}
                  </span>
                  <span className="text-[0.8125rem] leading-5 font-normal text-ink-soft">{password}</span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
