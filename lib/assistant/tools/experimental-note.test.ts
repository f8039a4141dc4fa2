import { expect, it } from 'vitest'
import type { Figure, ToolResult } from '@/lib/contracts/assistant'
import { withExperimentalNote } from './experimental-note'

const figure = (id: string, subject: Figure['subject']): Figure => {
  return { id, subject, label: 'energy', value: 1, unit: 'kWh', origin: 'estimated', href: '/history' }
}

const result = (given: ToolResult['arguments'], ...figures: Figure[]): ToolResult => {
  return {
    tool: 'energy_use', arguments: given, period: null, figures, moments: [], devices: [], table: null, chart: null, coverage: 1, notes: ['First.'],
  }
}

const noteOf = async (told: ToolResult) => (await withExperimentalNote(told)).notes

it('names the appliances among the figures that the model was not shown to tell, once each', async () => {
  const told = result({}, figure('f1', 'total'), figure('f2', 'ElectricOven'), figure('f3', 'Refrigerator'), figure('f4', 'HeatPump'), figure('f5', 'HeatPump'))
  expect(await noteOf(told)).toEqual([
    'First.',
    'What is estimated of the heat pump and the electric oven is experimental: it has not been shown to be right in enough real homes.',
  ])
})

it('names what was asked about even where there is no figure of it', async () => {
  expect((await noteOf(result({ appliance: 'HeatPump' })))[1]).toContain('the heat pump is experimental')
})

it('says nothing of what was shown', async () => {
  expect(await noteOf(result({ appliance: 'Refrigerator' }, figure('f1', 'total'), figure('f2', 'other')))).toEqual(['First.'])
})
