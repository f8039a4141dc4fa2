import type { CurrentUser } from '@/lib/contracts/current-user'
import { TOOL_ARGUMENTS, type ToolCall, type ToolName } from '@/lib/contracts/assistant'
import { firstReadings } from '@/lib/data/energy-facts'
import { findSiteOf } from '@/lib/data/sites'
import { alwaysOn } from './always-on'
import { anomalies } from './anomalies'
import { applianceRuns } from './appliance-runs'
import { applianceState } from './appliance-state'
import { comparePeriods } from './compare-periods'
import { dataCoverage } from './data-coverage'
import { electricalQuality } from './electrical-quality'
import { energyUse } from './energy-use'
import { withExperimentalNote } from './experimental-note'
import { forecast } from './forecast'
import { SiteLinks } from './links'
import { listDevices } from './list-devices'
import { maintenance } from './maintenance'
import { peakDemand } from './peak-demand'
import { powerNow } from './power-now'
import { ReplyIds } from './result-builder'
import { savings } from './savings'
import { siteFacts } from './site-facts'
import type { AssistantTool, ToolContext, ToolOutcome } from './tool-context'

const TOOLS: { [Name in ToolName]: AssistantTool<Name> } = {
  power_now: powerNow,
  energy_use: energyUse,
  compare_periods: comparePeriods,
  peak_demand: peakDemand,
  runs: applianceRuns,
  always_on: alwaysOn,
  appliance_state: applianceState,
  electrical_quality: electricalQuality,
  devices: listDevices,
  site_facts: siteFacts,
  coverage: dataCoverage,
  forecast,
  anomalies,
  maintenance,
  savings,
}

/** The tools that can be asked, in the order of their contract. */
export function availableTools(): ToolName[] {
  return Object.keys(TOOL_ARGUMENTS) as ToolName[]
}

export interface Asker {
  user: CurrentUser
  siteId: string
  /** Unix seconds. */
  nowSeconds?: number
  /** Of the reply that is being made, where several calls contribute to it. */
  ids?: ReplyIds
}

/**
 * Asks the measurements of one of the user's sites. Who may see what is asked anew at every call, as a request to the API would.
 * @returns the result, or why there is none as a sentence for people; null where the user has no such site
 */
export async function runTool(call: ToolCall, asker: Asker): Promise<ToolOutcome | null> {
  const { user, siteId, nowSeconds = Date.now() / 1000, ids = new ReplyIds() } = asker
  // A language model writes the name, too.
  const tool = (Object.hasOwn(TOOLS, call.tool) ? TOOLS[call.tool] : undefined) as AssistantTool | undefined
  if (!tool) return { problem: 'This is not available here.' }
  // A language model writes the arguments: what they leave out is filled in, what does not fit is refused.
  const given = TOOL_ARGUMENTS[call.tool].safeParse(call.arguments)
  if (!given.success) {
    const [issue] = given.error.issues
    return {
      problem: `The arguments of ${call.tool} do not fit: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.slice(0, 300),
    }
  }
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const first = await firstReadings(site.buildings.map(({ key }) => key))
  const firstReadingAt = first.size > 0 ? Math.min(...first.values()) : null
  const context: ToolContext = { user, site, nowSeconds, firstReadingAt, ids, links: new SiteLinks(site.id, site.timeZone) }
  const outcome = await tool(given.data, context)
  return 'problem' in outcome ? outcome : withExperimentalNote(outcome)
}
