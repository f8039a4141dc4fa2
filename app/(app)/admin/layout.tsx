import type { ReactNode } from 'react'
import { AdminNav } from '@/components/admin/admin-nav'
import { can, type Permission } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'

/** GET /admin/metrics is a path of the older API, which is why its page has another name. */
const PAGES: readonly { path: string; label: string; needs: Permission }[] = [
  { path: '/admin/health', label: 'Health', needs: 'metrics:read' },
  { path: '/admin/performance', label: 'Performance', needs: 'metrics:read' },
  { path: '/admin/jobs', label: 'Jobs', needs: 'job:manage' },
  { path: '/admin/models', label: 'Models', needs: 'metrics:read' },
  { path: '/admin/cache', label: 'Assistant and cache', needs: 'metrics:read' },
  { path: '/admin/users', label: 'Users', needs: 'user:manage' },
  { path: '/admin/audit', label: 'Audit log', needs: 'audit:read' },
]

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await requireUser('/admin')
  const pages = PAGES.filter(({ needs }) => can(user, needs)).map(({ path, label }) => ({ path, label }))
  return (
    <>
      {pages.length > 0 && <AdminNav pages={pages} />}
      {children}
    </>
  )
}
