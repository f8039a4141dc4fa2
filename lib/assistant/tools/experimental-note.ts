import { APPLIANCES } from '@/lib/contracts/appliances'
import type { ToolResult } from '@/lib/contracts/assistant'
import { measuredAppliances } from '@/lib/services/measured-appliances'
import { subjectWords } from '../names'

/** The result with a note on those of its appliances whose estimates have not been shown to be right. */
export async function withExperimentalNote(result: ToolResult): Promise<ToolResult> {
  const measured = await measuredAppliances()
  const asked = 'appliance' in result.arguments ? result.arguments.appliance : undefined
  const told = new Set<unknown>([asked, ...result.figures.map(({ subject }) => subject)])
  const names = APPLIANCES.filter((appliance) => told.has(appliance) && !measured.has(appliance)).map(subjectWords)
  if (names.length === 0) return result
  const listed = new Intl.ListFormat('en-GB').format(names)
  const note = `What is estimated of ${listed} is experimental: it has not been shown to be right in enough real homes.`
  return { ...result, notes: [...result.notes, note] }
}
