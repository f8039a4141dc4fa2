import type { z } from 'zod'
import { alertChannelSchema, changedAlertChannelSchema } from '@/lib/contracts/alerts'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { changeAlertChannelOf, listAlertChannelsOf, removeAlertChannelOf } from '@/lib/services/alerts/site-alerts'
import { channelParams, doneSchema, found } from '../../alert-problem'

const channelBefore = async ({ user, params }: { user: CurrentUser; params: z.infer<typeof channelParams> }) =>
  (await listAlertChannelsOf(user, params.id))?.find(({ id }) => id === params.channelId)

export const PUT = handle({
  summary: 'Change a channel',
  description: 'Without `config` it keeps its addresses and secrets.',
  permission: 'alert:manage',
  audit: { action: 'alert-channel.update', target: ({ params }) => params.channelId, before: channelBefore },
  params: channelParams,
  body: changedAlertChannelSchema,
  answer: alertChannelSchema,
  run: ({ user, params, body }) => found(`channel ${params.channelId}`, changeAlertChannelOf(user, params.id, params.channelId, body)),
})

export const DELETE = handle({
  summary: 'Remove a channel',
  description: 'What it was to send is not sent any more.',
  permission: 'alert:manage',
  audit: { action: 'alert-channel.delete', target: ({ params }) => params.channelId, before: channelBefore, after: () => null },
  params: channelParams,
  answer: doneSchema,
  async run({ user, params }) {
    if (!(await removeAlertChannelOf(user, params.id, params.channelId))) throw notFound(`channel ${params.channelId}`)
    return { success: true as const }
  },
})
