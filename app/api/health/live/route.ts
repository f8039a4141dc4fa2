import { handleOpen } from '@/lib/http/handler'

export const dynamic = 'force-dynamic'

/** That this process answers; whoever restarts processes asks here, so nothing else may fail it. */
export const GET = handleOpen(async () => Response.json({ status: 'ok' }))
