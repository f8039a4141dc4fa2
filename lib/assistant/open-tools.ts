import { ReplyIds } from './tools/result-builder'
import { runTool } from './tools/run-tool'
import type { AssistantParts } from './conversation/parts'
import { ToolFailure } from './providers/provider'

/** The tools of one site for one reply of one user: figures get ids that are unique within it, and all see the same moment. */
export const openTools: AssistantParts['openTools'] = (user, site, nowSeconds) => {
  const ids = new ReplyIds()
  return async (call, signal) => {
    signal.throwIfAborted()
    const outcome = await runTool(call, { user, siteId: site.id, nowSeconds, ids })
    if (!outcome) throw new ToolFailure('You can no longer see this site.')
    if ('problem' in outcome) throw new ToolFailure(outcome.problem)
    return outcome
  }
}
