'use client'

import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { PasswordInput } from '@/components/ui/password-input'
import { MIN_PASSWORD_LENGTH } from '@/lib/contracts/accounts'

interface NewPasswordFieldProps {
  label: string
  password: string
  onChange: (password: string) => void
}

/** A password that somebody chooses for themselves. */
export function NewPasswordField({ label, password, onChange }: NewPasswordFieldProps) {
  const t = useTranslations('account.password')
  return (
    <Field label={label} hint={t('hint', { length: MIN_PASSWORD_LENGTH })}>
      {(control) => (
        <PasswordInput
          {...control}
          autoComplete="new-password"
          required
          minLength={MIN_PASSWORD_LENGTH}
          value={password}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}
