import type { z } from 'zod'
import { alertRuleSchema, newAlertRuleSchema } from '@/lib/contracts/alerts'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { changeAlertRuleOf, listAlertRulesOf, removeAlertRuleOf } from '@/lib/services/alerts/site-alerts'
import { doneSchema, found, ruleParams } from '../../alert-problem'

const ruleBefore = async ({ user, params }: { user: CurrentUser; params: z.infer<typeof ruleParams> }) =>
  (await listAlertRulesOf(user, params.id))?.find(({ id }) => id === params.ruleId)

export const PUT = handle({
  summary: 'Change an alert rule',
  description: 'With a new condition it begins anew: alerts that go on end.',
  permission: 'alert:manage',
  audit: { action: 'alert-rule.update', target: ({ params }) => params.ruleId, before: ruleBefore },
  params: ruleParams,
  body: newAlertRuleSchema,
  answer: alertRuleSchema,
  run: ({ user, params, body }) => found(`rule ${params.ruleId}`, changeAlertRuleOf(user, params.id, params.ruleId, body)),
})

export const DELETE = handle({
  summary: 'Remove an alert rule',
  description: 'What it alerted to stays in the history.',
  permission: 'alert:manage',
  audit: { action: 'alert-rule.delete', target: ({ params }) => params.ruleId, before: ruleBefore, after: () => null },
  params: ruleParams,
  answer: doneSchema,
  async run({ user, params }) {
    if (!(await removeAlertRuleOf(user, params.id, params.ruleId))) throw notFound(`rule ${params.ruleId}`)
    return { success: true as const }
  },
})
