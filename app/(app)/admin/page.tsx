import { notFound, redirect } from 'next/navigation'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'

/** The first page of administration that the reader may open. */
export default async function AdminPage() {
  const user = await requireUser('/admin')
  if (can(user, 'metrics:read')) redirect('/admin/health')
  if (can(user, 'job:manage')) redirect('/admin/jobs')
  notFound()
}
