import { logLevelSchema, newLogLevelSchema } from '@/lib/contracts/log-level'
import { handle } from '@/lib/http/handler'
import { changeLogLevel, endLogLevel, getLogLevel } from '@/lib/services/log-level'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'How much is logged',
  permission: 'metrics:read',
  answer: logLevelSchema,
  run: () => getLogLevel(),
})

export const PUT = handle({
  summary: 'Let all processes log more, or less, for a while',
  description: 'Every process follows within seconds. When the time is over each logs as LOG_LEVEL says again.',
  permission: 'system:manage',
  audit: { action: 'log-level.set', before: () => getLogLevel() },
  body: newLogLevelSchema,
  answer: logLevelSchema,
  run: ({ user, body }) => changeLogLevel(body, user.username),
})

export const DELETE = handle({
  summary: 'Let all processes log as LOG_LEVEL says again',
  permission: 'system:manage',
  audit: { action: 'log-level.end', before: () => getLogLevel() },
  answer: logLevelSchema,
  run: () => endLogLevel(),
})
