import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import type { AssistantProvider, AssistantRequest, ProviderEvent } from '../providers/provider'

/** What one dryer used yesterday, as a tool says it. */
export function dryerResult(call: ToolCall, kwh = 2.34): ToolResult {
  const period = { from: 1_700_000_000, to: 1_700_086_400, label: 'yesterday' }
  return {
    tool: call.tool,
    arguments: call.arguments,
    period,
    figures: [{ id: 'f1', label: 'energy of the dryer', value: kwh, unit: 'kWh', origin: 'estimated', subject: 'Dryer', period, href: '/history' }],
    moments: [],
    devices: ['Dryer'],
    table: null,
    chart: null,
    coverage: 1,
    notes: [],
  }
}

export const DRYER_CALL = {
  tool: 'energy_use',
  arguments: { subject: 'Dryer', measure: 'energy', by: 'none', period: 'yesterday' },
} as const satisfies ToolCall

export function sampleRequest(changes: Partial<AssistantRequest> = {}): AssistantRequest {
  return {
    question: 'How much did the dryer use yesterday?',
    history: [],
    previousPlan: null,
    site: { id: 'site_test', name: 'Home', timeZone: 'Europe/Berlin', currency: 'EUR', names: ['Home'] },
    nowSeconds: 1_700_100_000,
    maxTokens: 200,
    temperature: 0,
    correction: null,
    clusterNames: async () => [],
    tools: ['energy_use', 'power_now'],
    callTool: async (call) => dryerResult(call),
    ...changes,
  }
}

export async function eventsOf(
  provider: AssistantProvider,
  request: AssistantRequest = sampleRequest(),
  signal: AbortSignal = new AbortController().signal,
): Promise<ProviderEvent[]> {
  const events: ProviderEvent[] = []
  for await (const event of provider.answer(request, signal)) events.push(event)
  return events
}

export const textOf = (events: readonly ProviderEvent[]) => events.map((event) => (event.type === 'text' ? event.text : '')).join('')
