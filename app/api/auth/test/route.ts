import { permissionsOf } from '@/lib/auth/permissions'
import { whoAmISchema } from '@/lib/contracts/accounts'
import { handle } from '@/lib/http/handler'

export const GET = handle({
  summary: 'Who the credential belongs to, and what it may do',
  permission: 'account:read',
  answer: whoAmISchema,
  run: async ({ user }) => ({
    user_id: user.id,
    username: user.username,
    is_admin: user.role === 'admin',
    role: user.role,
    permissions: permissionsOf(user),
  }),
})
