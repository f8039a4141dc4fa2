import type { Role } from '@/lib/contracts/current-user'

interface PermissionRule {
  /** What it lets a person do, for the page that lists roles. */
  description: string
  roles: readonly Role[]
}

/** Every right there is and who has it. A handler names the right it needs; nothing else decides by role. */
export const PERMISSIONS = {
  'site:read': { description: 'See the sites one is a member of, live and past', roles: ['viewer', 'operator', 'admin'] },
  'home:teach': { description: 'Say what past runs were, and decide what the home learns from it', roles: ['operator', 'admin'] },
  'data:import': { description: 'Bring measurements into the sites one may see', roles: ['operator', 'admin'] },
  'site:read-all': { description: 'See every site', roles: ['admin'] },
} as const satisfies Record<string, PermissionRule>

export type Permission = keyof typeof PERMISSIONS

export function can(user: { role: Role }, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission].roles
  return roles.includes(user.role)
}
