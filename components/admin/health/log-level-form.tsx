'use client'

import { useState } from 'react'
import { requestApi } from '@/components/api/request-api'
import { Moment } from '@/components/format/moment'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import { Section } from '@/components/ui/section'
import { logLevelSchema, SETTABLE_LOG_LEVELS, type LogLevelView, type NewLogLevel } from '@/lib/contracts/log-level'
import { usePolled } from '../use-polled'

const REFRESH_MILLISECONDS = 10_000

const TEXT = {
  title: 'Log level',
  text: 'How much all processes log. What is set here is followed within seconds, without a restart, and ends by itself.',
  usual: (level: string) => `Each process logs as LOG_LEVEL says: ${level}.`,
  set: (who: string) => `, set by ${who}, until`,
  level: 'Log',
  levels: {
    error: 'errors only',
    warn: 'warnings and errors',
    info: 'what happens',
    debug: 'in detail',
    trace: 'everything',
  },
  minutes: 'For',
  times: [
    { minutes: 5, label: '5 minutes' },
    { minutes: 30, label: '30 minutes' },
    { minutes: 120, label: '2 hours' },
    { minutes: 1440, label: 'a day' },
  ],
  apply: 'Set for all processes',
  end: 'End now',
} as const

/** How much is logged, and for administrators a way to change it for a while. */
export function LogLevelForm({ first, maySet, locale }: { first: LogLevelView; maySet: boolean; locale: string }) {
  const { answer, refresh } = usePolled('/api/v1/log-level', logLevelSchema, first, REFRESH_MILLISECONDS)
  const [level, setLevel] = useState<NewLogLevel['level']>('debug')
  const [minutes, setMinutes] = useState(30)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const change = async (method: 'PUT' | 'DELETE', body?: NewLogLevel) => {
    setBusy(true)
    setProblem(null)
    try {
      await requestApi('/api/v1/log-level', { method, body })
      await refresh()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section id="log-level" title={TEXT.title} text={TEXT.text}>
      <div role="status" className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        {answer.set ? (
          <>
            <p>
              <Badge tone="warn">{answer.set.level}</Badge>
              {TEXT.set(answer.set.setBy)} <Moment at={answer.set.endsAt} locale={locale} />
            </p>
            {maySet && <Button disabled={isBusy} onClick={() => void change('DELETE')}>{TEXT.end}</Button>}
          </>
        ) : (
          <p>{TEXT.usual(answer.usual)}</p>
        )}
      </div>
      {maySet && (
        <form
          className="mt-4 grid max-w-2xl items-end gap-3 sm:grid-cols-[1fr_1fr_auto]"
          onSubmit={(event) => {
            event.preventDefault()
            void change('PUT', { level, minutes })
          }}
        >
          <Field label={TEXT.level}>
            {(control) => (
              <select {...control} value={level} onChange={({ target }) => setLevel(target.value as NewLogLevel['level'])}>
                {SETTABLE_LOG_LEVELS.map((one) => <option key={one} value={one}>{one}: {TEXT.levels[one]}</option>)}
              </select>
            )}
          </Field>
          <Field label={TEXT.minutes}>
            {(control) => (
              <select {...control} value={minutes} onChange={({ target }) => setMinutes(Number(target.value))}>
                {TEXT.times.map((time) => <option key={time.minutes} value={time.minutes}>{time.label}</option>)}
              </select>
            )}
          </Field>
          <Button type="submit" look="primary" disabled={isBusy}>{TEXT.apply}</Button>
        </form>
      )}
      <div className="mt-3"><ProblemNote text={problem} /></div>
    </Section>
  )
}
