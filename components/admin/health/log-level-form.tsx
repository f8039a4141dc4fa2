'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/components/api/problem-text'
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

const TIMES = [
  { minutes: 5, name: 'fiveMinutes' },
  { minutes: 30, name: 'halfHour' },
  { minutes: 120, name: 'twoHours' },
  { minutes: 1440, name: 'day' },
] as const

/** How much is logged, and for administrators a way to change it for a while. */
export function LogLevelForm({ first, maySet, locale }: { first: LogLevelView; maySet: boolean; locale: string }) {
  const { answer, refresh } = usePolled('/api/v1/log-level', logLevelSchema, first, REFRESH_MILLISECONDS)
  const { set, usual } = answer
  const t = useTranslations('adminHealth.logLevel')
  const problemText = useProblemText()
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
      setProblem(problemText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section id="log-level" title={t('title')} text={t('text')}>
      <div role="status" className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        {set ? (
          <>
            <p>
              {t.rich('set', {
                name: set.setBy,
                level: () => <Badge tone="warn">{set.level}</Badge>,
                moment: () => <Moment at={set.endsAt} locale={locale} />,
              })}
            </p>
            {maySet && <Button disabled={isBusy} onClick={() => void change('DELETE')}>{t('end')}</Button>}
          </>
        ) : (
          <p>{t('usual', { level: usual })}</p>
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
          <Field label={t('level')}>
            {(control) => (
              <select {...control} value={level} onChange={({ target }) => setLevel(target.value as NewLogLevel['level'])}>
                {SETTABLE_LOG_LEVELS.map((one) => <option key={one} value={one}>{one}: {t(`levels.${one}`)}</option>)}
              </select>
            )}
          </Field>
          <Field label={t('time')}>
            {(control) => (
              <select {...control} value={minutes} onChange={({ target }) => setMinutes(Number(target.value))}>
                {TIMES.map((time) => <option key={time.minutes} value={time.minutes}>{t(`times.${time.name}`)}</option>)}
              </select>
            )}
          </Field>
          <Button type="submit" look="primary" disabled={isBusy}>{t('apply')}</Button>
        </form>
      )}
      <div className="mt-3"><ProblemNote text={problem} /></div>
    </Section>
  )
}
