import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Report {
  pooled: { appliance: string; predictors: { model: { f1: number } } }[]
}

it('the README says of each appliance the F1 that the report of the shipped model says', () => {
  const { pooled } = JSON.parse(readFileSync('models/wavenilm/report.json', 'utf8')) as Report
  const sentence = /F1 runs from (\.\d) for freezers over (\.\d) for refrigerators and kettles to (\.\d) for microwaves/
  const [, freezer, refrigeratorAndKettle, microwave] = sentence.exec(readFileSync('README.md', 'utf8').replaceAll(/\s+/g, ' '))!
  const said = new Map([
    ['Freezer', freezer],
    ['Refrigerator', refrigeratorAndKettle],
    ['ElectricKettle', refrigeratorAndKettle],
    ['Microwave', microwave],
  ])
  const reported = pooled.filter(({ appliance }) => said.has(appliance))
  expect(reported).toHaveLength(2 * said.size)
  for (const { appliance, predictors } of reported) expect(predictors.model.f1, appliance).toBeCloseTo(Number(said.get(appliance)), 1)
  expect(Math.max(...pooled.map(({ predictors }) => predictors.model.f1))).toBeCloseTo(Number(freezer), 1)
})
