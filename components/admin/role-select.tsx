'use client'

import { Field } from '@/components/ui/field'
import { ROLES, type Role } from '@/lib/contracts/current-user'

const HINTS: Record<Role, string> = {
  viewer: 'Sees the sites below.',
  operator: 'Sees and manages the sites below, and makes new ones.',
  admin: 'Sees and manages every site and every user.',
}

export function RoleSelect({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  return (
    <Field label="Role" hint={HINTS[role]}>
      {(control) => (
        <select {...control} value={role} onChange={({ target }) => onChange(ROLES.find((known) => known === target.value) ?? role)}>
          {ROLES.map((known) => <option key={known} value={known}>{known}</option>)}
        </select>
      )}
    </Field>
  )
}
