import { Suspense, type ReactNode } from 'react'
import { getTranslations } from '@/components/i18n/server-translations'
import { SectionNav } from '@/components/shell/section-nav'
import { can, type Permission } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'

/** GET /admin/metrics is a path of the older API, which is why its page has another name. */
const PAGES = [
  { path: '/admin/health', name: 'health', needs: 'metrics:read' },
  { path: '/admin/performance', name: 'performance', needs: 'metrics:read' },
  { path: '/admin/jobs', name: 'jobs', needs: 'job:manage' },
  { path: '/admin/models', name: 'models', needs: 'metrics:read' },
  { path: '/admin/cache', name: 'cache', needs: 'metrics:read' },
  { path: '/admin/users', name: 'users', needs: 'user:manage' },
  { path: '/admin/audit', name: 'audit', needs: 'audit:read' },
] as const satisfies readonly { path: string; name: string; needs: Permission }[]

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await requireUser('/admin')
  const [t, shell] = [await getTranslations('admin.pages'), await getTranslations('shell')]
  const pages = PAGES.filter(({ needs }) => can(user, needs)).map(({ path, name }) => ({ path, label: t(name) }))
  return (
    <>
      {pages.length > 0 && <Suspense><SectionNav label={shell('administration')} pages={pages} /></Suspense>}
      {children}
    </>
  )
}
