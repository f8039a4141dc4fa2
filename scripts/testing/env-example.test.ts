import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('.env.example explains every setting the application reads, and no other', () => {
  const read = [...readFileSync('lib/env.ts', 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name)
  const explained = [...readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
  expect(explained.toSorted()).toEqual(read.toSorted())
})
