'use client'

import { LoaderCircle } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { NewPasswordField } from '@/components/account/new-password-field'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'

/** Name and password of whoever was invited; once made, the account is logged in. */
export function AcceptForm({ token }: { token: string }) {
  const t = useTranslations('invitation')
  const problemText = useProblemText()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await requestApi('/api/v1/invitations/accept', { method: 'POST', body: { token, username: username.trim(), password } })
      const result = await signIn('credentials', { username: username.trim(), password, redirect: false })
      window.location.assign(result?.ok ? '/live' : '/login')
    } catch (error) {
      setProblem(problemText(error))
      setBusy(false)
    }
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="mt-5 space-y-4">
      <Field label={t('username')} hint={t('usernameHint')}>
        {(control) => (
          <input
            {...control}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={64}
            value={username}
            onChange={({ target }) => setUsername(target.value)}
          />
        )}
      </Field>
      <NewPasswordField label={t('password')} password={password} onChange={setPassword} />
      <ProblemNote text={problem} />
      <Button type="submit" look="primary" disabled={isBusy} className="h-12 w-full text-base">
        {isBusy && <LoaderCircle aria-hidden className="size-4.5 animate-spin" />}
        {t('make')}
      </Button>
    </form>
  )
}
