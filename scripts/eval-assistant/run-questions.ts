import { assistantParts } from '@/lib/assistant/assistant-parts'
import { ask } from '@/lib/assistant/conversation/ask'
import type { AssistantParts } from '@/lib/assistant/conversation/parts'
import { availableTools } from '@/lib/assistant/tools/run-tool'
import type { ToolName } from '@/lib/contracts/assistant'
import type { ChatAnswer } from '@/lib/contracts/chat'
import { type AskedHome, powerAt } from './asked-home'
import type { Truth } from './expected-answer'
import { judge, type Verdict } from './judge'
import { Measured } from './measured'
import type { AskedTurn, Conversation } from './question-file'

export interface Asked {
  kind: string
  turn: AskedTurn
  /** What was asked before in the same conversation. */
  before: string[]
  answer: ChatAnswer
  verdict: Verdict
  milliseconds: number
}

export interface Skipped {
  turn: AskedTurn
  tool: ToolName
}

export interface AskOptions {
  partsFor?: (turn: AskedTurn) => AssistantParts
  progress?: (done: number) => void
}

/**
 * Asks every question as POST /api/chat does, at the home's own moment, and judges the answers. Questions whose tool is not there
 * are left out.
 */
export async function askAll(
  conversations: readonly Conversation[],
  home: AskedHome,
  { partsFor = () => assistantParts(), progress = () => {} }: AskOptions = {},
): Promise<{ asked: Asked[]; skipped: Skipped[] }> {
  const { owner, site, nowSeconds } = home
  const truth: Truth = { measured: new Measured(site.buildingKey, nowSeconds), now: powerAt(nowSeconds), nowSeconds }
  const available = new Set(availableTools())
  const [asked, skipped]: [Asked[], Skipped[]] = [[], []]
  for (const { kind, turns } of conversations) {
    let sessionId: string | undefined
    const before: string[] = []
    for (const turn of turns) {
      const missing = turn.expect[0]?.calls?.map(({ tool }) => tool).find((tool) => !available.has(tool))
      if (missing) {
        skipped.push({ turn, tool: missing })
        break
      }
      const started = performance.now()
      const generation = await ask(owner, { message: turn.ask, session_id: sessionId, site_id: site.id }, partsFor(turn))
      const answer = await generation.result
      const milliseconds = performance.now() - started
      sessionId = answer.session_id
      asked.push({ kind, turn, before: [...before], answer, verdict: await judge(turn.expect, answer, truth), milliseconds })
      before.push(turn.ask)
      progress(asked.length)
    }
  }
  return { asked, skipped }
}

/** Lets a process believe that it is another moment, so that "yesterday" is the same day whenever it runs. @returns undoes it */
export function setClock(nowSeconds: number): () => void {
  const real = Date.now
  Date.now = () => nowSeconds * 1000
  return () => (Date.now = real)
}
