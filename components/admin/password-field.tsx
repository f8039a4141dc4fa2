'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { MIN_PASSWORD_LENGTH } from '@/lib/contracts/accounts'
import { suggestPassword } from './suggest-password'

interface PasswordFieldProps {
  label: string
  password: string
  onChange: (password: string) => void
}

/** A password for somebody else, in plain sight: it is to be handed over. */
export function PasswordField({ label, password, onChange }: PasswordFieldProps) {
  const t = useTranslations('admin.user')
  return (
    <Field label={label} hint={t('passwordHint', { length: MIN_PASSWORD_LENGTH })}>
      {(control) => (
        <div className="flex gap-2">
          <input
            {...control}
            required
            minLength={MIN_PASSWORD_LENGTH}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={password}
            onChange={({ target }) => onChange(target.value)}
          />
          <Button onClick={() => onChange(suggestPassword())}>{t('suggest')}</Button>
        </div>
      )}
    </Field>
  )
}
