import { accountRows } from './account-rows'
import { adminRows } from './admin-rows'
import { chatRows } from './chat-rows'
import { insightRows } from './insight-rows'
import { liveRows, redisRows } from './live-rows'
import type { Row } from './row'
import { siteRows } from './site-rows'

/** Every row of the contract; those of Redis only where its address is known. */
export const rowsOf = ({ redisUrl }: { redisUrl?: string }): readonly Row[] => [
  ...accountRows,
  ...siteRows,
  ...liveRows,
  ...(redisUrl ? redisRows : []),
  ...insightRows,
  ...chatRows,
  ...adminRows,
]
