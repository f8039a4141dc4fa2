'use client'

import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { ROLES, type Role } from '@/lib/contracts/current-user'

export function RoleSelect({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const t = useTranslations('admin.user')
  const roles = useTranslations('account.roles')
  return (
    <Field label={t('role')} hint={t(`roleHints.${role}`)}>
      {(control) => (
        <select
          {...control}
          value={role}
          onChange={({ target }) => onChange(ROLES.find((known) => known === target.value) ?? role)}
        >
          {ROLES.map((known) => <option key={known} value={known}>{roles(known)}</option>)}
        </select>
      )}
    </Field>
  )
}
