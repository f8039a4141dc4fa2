import { z } from 'zod'
import { alertRuleSchema, newAlertRuleSchema } from '@/lib/contracts/alerts'
import { handle } from '@/lib/http/handler'
import { createAlertRuleOf, listAlertRulesOf } from '@/lib/services/alerts/site-alerts'
import { found, siteParams } from '../alert-problem'

export const GET = handle({
  summary: 'What a site alerts to',
  permission: 'site:read',
  params: siteParams,
  answer: z.object({ data: z.array(alertRuleSchema) }),
  run: async ({ user, params }) => ({ data: await found(`site ${params.id}`, listAlertRulesOf(user, params.id)) }),
})

export const POST = handle({
  summary: 'A new alert rule',
  description:
    'Rules are looked at every minute, from the stored readings and estimates. What was over before the rule was made is no news.',
  permission: 'alert:manage',
  audit: { action: 'alert-rule.create', target: (_, answer) => answer?.id ?? null },
  params: siteParams,
  body: newAlertRuleSchema,
  answer: alertRuleSchema,
  status: 201,
  run: ({ user, params, body }) => found(`site ${params.id}`, createAlertRuleOf(user, params.id, body)),
})
