'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ChartPanel } from '@/components/charts/chart-panel'
import { LazyRawDayChart } from '@/components/charts/lazy-raw-day-chart'
import { rawDayGaps } from '@/components/charts/prepare-raw-day'
import { useFormat } from '@/components/format/format-context'
import type { Translator } from '@/components/i18n/messages'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { rawDaySchema, type RawDay } from '@/lib/contracts/energy-export'
import { problemSchema } from '@/lib/contracts/problem'
import { ExportLinks } from './export-links'

/** The day as the meter sent it, second by second. */
export function RawDayPanel({
  siteId,
  building,
  day,
  nowSeconds,
}: {
  siteId: string
  building: { id: string; name: string }
  /** Unix seconds of its start. */
  day: number
  nowSeconds: number
}) {
  const t = useTranslations('energy.raw')
  const format = useFormat()
  const [state, setState] = useState<{ path: string; rawDay: RawDay | null; problem: string | null } | null>(null)
  const [attempt, setAttempt] = useState(0)
  const path = `/api/v1/sites/${encodeURIComponent(siteId)}/raw?day=${day}&buildingId=${encodeURIComponent(building.id)}`
  useEffect(() => {
    const stop = new AbortController()
    readDay(path, stop.signal).then(
      (rawDay) => setState({ path, rawDay, problem: null }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ path, rawDay: null, problem: problemText(error, t) })
      },
    )
    return () => stop.abort()
  }, [path, attempt, t])

  const current = state?.path === path ? state : null
  const rawDay = current?.rawDay ?? null
  const isEmpty = rawDay !== null && rawDay.timestamps.length === 0
  const gaps = rawDay && !isEmpty ? rawDayGaps(rawDay, nowSeconds) : []
  return (
    <ChartPanel
      title={t('title', { building: building.name })}
      summary={rawDay && !isEmpty ? <ExportLinks href={path} /> : null}
      note={rawDay && !isEmpty ? t('note', { count: rawDay.timestamps.length }) : null}
      chart={
        <div className="min-h-[18.5rem]">
          {current?.problem && (
            <div role="alert" className="grid h-72 place-items-center text-center text-ink-soft">
              <div className="space-y-3">
                <p>{current.problem}</p>
                <Button onClick={() => setAttempt(attempt + 1)}>{t('retry')}</Button>
              </div>
            </div>
          )}
          {isEmpty && (
            <p className="grid h-72 place-items-center text-center text-ink-soft">
              {t('empty', { days: rawDay.keptDays })}
            </p>
          )}
          {!current?.problem &&
            !isEmpty &&
            (rawDay ? (
              <div className="h-[18.5rem]">
                <LazyRawDayChart day={rawDay} label={t('label', { count: rawDay.timestamps.length })} />
              </div>
            ) : (
              <Skeleton className="h-72" />
            ))}
        </div>
      }
      table={
        <div className="max-h-72 overflow-auto text-sm" role="region" aria-label={t('gaps')} tabIndex={0}>
          {gaps.length === 0 ? (
            <p className="text-ink-soft">{t(rawDay && !isEmpty ? 'noGaps' : 'nothing')}</p>
          ) : (
            <table className="figures w-full">
              <caption className="pb-2 text-left text-ink-soft">{t('notMeasured')}</caption>
              <thead>
                <tr className="text-left text-ink-soft">
                  <th scope="col">{t('from')}</th>
                  <th scope="col">{t('to')}</th>
                </tr>
              </thead>
              <tbody>
                {gaps.map(({ fromSeconds, toSeconds }) => (
                  <tr key={fromSeconds} className="border-t border-line/60">
                    <td className="py-1.5">{format.clockWithSeconds(fromSeconds)}</td>
                    <td className="py-1.5">{format.clockWithSeconds(toSeconds)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      }
    />
  )
}

/** What the server says, which is English; the rest in the reader's language. */
function problemText(error: unknown, t: Translator<'energy.raw'>): string {
  if (error instanceof UnexpectedAnswer) return t('unexpected')
  return error instanceof RefusedRequest ? error.message : t('wrong')
}

/** The server said why. */
class RefusedRequest extends Error {}
class UnexpectedAnswer extends Error {}

async function readDay(path: string, signal: AbortSignal): Promise<RawDay> {
  const response = await fetch(path, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return rawDaySchema.parse(body)
  const problem = problemSchema.safeParse(body)
  throw problem.success ? new RefusedRequest(problem.data.detail) : new UnexpectedAnswer()
}
