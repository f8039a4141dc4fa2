import { clientAddress } from '@/lib/auth/login'
import { createLogger } from '@/lib/infra/logger'
import { type AuditEntry, recordAudit } from '@/lib/services/audit'

/**
 * in-service: the service calls `recordAudit` itself, say within its transaction.
 * no-change: the route changes nothing that anybody would ask about later: a preview, a ticket, readings of a meter.
 */
export type NotAudited = 'in-service' | 'no-change'

export interface AuditDeclaration<Call, Answer> {
  /** What is done, as `noun.verb`: site.update. */
  action: string
  /** The id of what is changed; after the change, so that it may be in the answer (null: an answer without JSON). */
  target?(call: Call, answer: Answer | null): string | null
  /** The thing as it is before the change. Absent where there is nothing yet. */
  before?(call: Call): unknown
  /** The thing as it is after the change; where not given, the JSON that is answered. */
  after?(call: Call, answer: Answer | null): unknown
}

interface AuditedCall {
  user: { id: string; username: string }
  request: Request
  requestId: string
}

export function auditActionOf(declared: { action: string } | NotAudited | undefined): string | undefined {
  return typeof declared === 'object' ? declared.action : declared
}

/** Looks at the thing before it is changed. `finish` writes the entry. */
export async function beginAudit<Call extends AuditedCall, Answer>(
  declared: AuditDeclaration<Call, Answer> | NotAudited | undefined,
  call: Call,
): Promise<{ finish(answer: Answer | Response): Promise<void> } | null> {
  if (typeof declared !== 'object') return null
  const before = await declared.before?.(call)
  return {
    async finish(answer) {
      if (answer instanceof Response && !answer.ok) return
      const { user, request, requestId } = call
      const entry: AuditEntry = {
        actor: user,
        action: declared.action,
        requestId,
        ip: clientAddress(request.headers.get('x-forwarded-for')),
      }
      try {
        const answered = answer instanceof Response ? await jsonOf<Answer>(answer) : answer
        const after = declared.after ? await declared.after(call, answered) : answered
        await recordAudit({ ...entry, target: declared.target?.(call, answered), before, after })
      } catch (err) {
        // The change is made; the caller must not be told otherwise. What is known of it goes to the log instead.
        createLogger('audit').error({ err, ...entry }, 'an audit entry could not be stored')
      }
    },
  }
}

/** What a Response answers, without using it up; a handler that returns one answers the same type by its declaration. */
async function jsonOf<Answer>(response: Response): Promise<Answer | null> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) return null
  return (await response.clone().json()) as Answer
}
