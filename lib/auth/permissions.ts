import type { CurrentUser, Role } from '@/lib/contracts/current-user'

interface PermissionRule {
  /** What it lets a person do; pages say it in the reader's language, by the messages `account.permissions`. */
  description: string
  roles: readonly Role[]
  /** Whether an API key may have it: by default where its scopes name it. */
  apiKey?: 'always' | 'never'
  /** What an API key must be allowed as well. */
  alsoNeeds?: string
}

/**
 * Every right there is and who has it. A handler names the right it needs; nothing else decides by role. The role `user` of the
 * older services is a viewer who is a member of its own sites.
 */
export const PERMISSIONS = {
  'account:read': { description: 'See who one is', roles: ['viewer', 'operator', 'admin'], apiKey: 'always' },
  'account:manage': {
    description: 'Change one’s own password, sessions and API keys',
    roles: ['viewer', 'operator', 'admin'],
    // A key that is lost must not open more doors than its own.
    apiKey: 'never',
  },
  'site:read': { description: 'See the sites one is a member of, live and past', roles: ['viewer', 'operator', 'admin'] },
  'chat:use': {
    description: 'Ask the assistant about the sites one may see, and keep conversations',
    roles: ['viewer', 'operator', 'admin'],
    // Its answers are measurements.
    alsoNeeds: 'site:read',
  },
  'site:manage': { description: 'Create sites; change and delete those one may see', roles: ['operator', 'admin'] },
  'home:teach': { description: 'Say what past runs were, and decide what the home learns from it', roles: ['operator', 'admin'] },
  'alert:manage': { description: 'Say what the sites one may see alert to, and how', roles: ['operator', 'admin'] },
  'data:import': { description: 'Bring measurements into the sites one may see', roles: ['operator', 'admin'] },
  'metrics:read': { description: 'Read the metrics of the system', roles: ['admin'] },
  'system:manage': {
    description: 'Empty caches and change how much is logged',
    roles: ['admin'],
  },
  'job:manage': {
    description: 'See, cancel and repeat jobs in the background of the sites one may see',
    roles: ['operator', 'admin'],
  },
  'audit:read': { description: 'Read who changed what', roles: ['admin'] },
  'tariff:write': { description: 'Enter prices, CO2 factors and rooms of a site', roles: ['operator', 'admin'] },
  'asset:manage': { description: 'Write down, change and remove the equipment of a site', roles: ['operator', 'admin'] },
  'site:read-all': { description: 'See every site', roles: ['admin'] },
  'user:manage': {
    description: 'Invite, change and remove users, and say whose sites are whose',
    roles: ['admin'],
    // A key that could make an administrator, or give one another password, would have every right there is.
    apiKey: 'never',
  },
} as const satisfies Record<string, PermissionRule>

export type Permission = keyof typeof PERMISSIONS

const ALL = Object.keys(PERMISSIONS) as Permission[]

/** Whether a user may do something, by role and, where an API key asks, by the key's scopes. */
export function can(user: Pick<CurrentUser, 'role' | 'scopes'>, permission: Permission): boolean {
  const rule: PermissionRule = PERMISSIONS[permission]
  if (!rule.roles.includes(user.role)) return false
  if (!user.scopes || rule.apiKey === 'always') return true
  const scopes: readonly string[] = user.scopes
  return rule.apiKey !== 'never' && scopes.includes(permission) && (!rule.alsoNeeds || scopes.includes(rule.alsoNeeds))
}

export function permissionsOf(user: Pick<CurrentUser, 'role' | 'scopes'>): Permission[] {
  return ALL.filter((permission) => can(user, permission))
}

/** What an API key of somebody with this role may be given. */
export function grantableScopes(role: Role): Permission[] {
  return ALL.filter((permission) => {
    const rule: PermissionRule = PERMISSIONS[permission]
    return rule.apiKey === undefined && rule.roles.includes(role)
  })
}
