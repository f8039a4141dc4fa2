import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { MESSAGES } from '@/components/i18n/messages'
import { IMPORT_FORMATS, QUANTITIES, ROW_PROBLEMS } from '@/lib/contracts/import'
import { progressMessage } from '@/lib/contracts/import-jobs'
import { jobText, reasonText } from './import-words'

const english = createTranslator({ locale: 'en-GB', messages: MESSAGES.en, namespace: 'import' })
const german = createTranslator({ locale: 'de-DE', messages: MESSAGES.de, namespace: 'import' })

it('a reason for rejecting a row is said in the reader\'s language, one of an older version as it was stored', () => {
  expect(reasonText(ROW_PROBLEMS.noTime, german)).toBe('keine Zeit')
  expect(reasonText('some reason of an older version', german)).toBe('some reason of an older version')
})

it('the page calls formats, quantities and problems in English what reports and the command line call them', () => {
  const { formats, quantities, rowProblems } = MESSAGES.en.import
  expect(formats).toEqual(IMPORT_FORMATS)
  expect(quantities).toEqual(Object.fromEntries(Object.entries(QUANTITIES).map(([name, { label }]) => [name, label])))
  expect(rowProblems).toEqual(ROW_PROBLEMS)
})

it('how far an import has come reads in English as the server wrote it, and in German', () => {
  for (const phase of ['read', 'judging', 'stored'] as const) {
    const message = progressMessage(phase, 1_234_567)
    expect(jobText({ message, status: 'running' }, english)).toBe(message)
    expect(jobText({ message, status: 'running' }, german)).toMatch(/^1\.234\.567 Zeilen/)
  }
  expect(jobText({ message: null, status: 'queued' }, german)).toBe('Wartet')
})
