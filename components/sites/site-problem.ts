import type { ZodError } from 'zod'
import type { Translator } from '@/components/i18n/messages'

const FIELDS = ['name', 'timeZone', 'currency', 'pricePerKwh', 'id'] as const

/** What is wrong with a site or building as it was typed: its first problem, by the field that has it. */
export function siteProblem({ issues }: ZodError, t: Translator<'sites'>): string {
  const field = FIELDS.find((name) => issues[0]?.path.at(-1) === name)
  return t(`problems.${field ?? 'other'}`)
}
