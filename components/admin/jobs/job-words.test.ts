import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { MESSAGES } from '@/components/i18n/messages'
import type { Work } from '@/lib/contracts/jobs'
import { jobKindWord, jobStateText, mayCancel, mayRetry } from './job-words'

const t = createTranslator({ locale: 'en-GB', messages: MESSAGES.en, namespace: 'adminJobs' })
const german = createTranslator({ locale: 'de-DE', messages: MESSAGES.de, namespace: 'adminJobs' })

const WORK: Work = {
  id: 'job_1',
  kind: 'import',
  name: null,
  state: 'queued',
  progress: 0,
  message: null,
  error: null,
  attempts: 0,
  mostAttempts: 3,
  isStopping: false,
  site: null,
  building: null,
  requestedBy: null,
  createdAt: 0,
  startedAt: null,
  finishedAt: null,
}

it('says which attempt a job is at once one went wrong', () => {
  expect(jobStateText(WORK, t)).toBe('Waiting')
  expect(jobStateText({ ...WORK, attempts: 1 }, t)).toBe('Waiting for attempt 2 of 3')
  expect(jobStateText({ ...WORK, state: 'running', attempts: 2 }, t)).toBe('Running, attempt 2 of 3')
  expect(jobStateText({ ...WORK, state: 'failed', attempts: 3 }, t)).toBe('Failed')
  expect(jobStateText({ ...WORK, attempts: 1 }, german)).toBe('Wartet auf Versuch 2 von 3')
})

it('offers to cancel what can be cancelled, once, and to repeat what is over without success', () => {
  const states = ['uploaded', 'queued', 'running', 'done', 'failed', 'cancelled'] as const
  expect(states.filter((state) => mayCancel({ ...WORK, state }))).toEqual(['uploaded', 'queued', 'running'])
  expect(states.filter((state) => mayRetry({ ...WORK, state }))).toEqual(['failed', 'cancelled'])
  expect(mayCancel({ ...WORK, state: 'running', isStopping: true })).toBe(false)
})

it('names a kind of job it does not know by its own name', () => {
  expect(jobKindWord('training', t)).toBe('training')
  expect(jobKindWord('learning', t)).toBe('Learning from labels')
})
