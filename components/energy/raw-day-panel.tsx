'use client'

import { useEffect, useState } from 'react'
import { ChartPanel } from '@/components/charts/chart-panel'
import { LazyRawDayChart } from '@/components/charts/lazy-raw-day-chart'
import { rawDayGaps } from '@/components/charts/prepare-raw-day'
import { useFormat } from '@/components/format/format-context'
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
  const format = useFormat()
  const [state, setState] = useState<{ path: string; rawDay: RawDay | null; problem: string | null } | null>(null)
  const [attempt, setAttempt] = useState(0)
  const path = `/api/v1/sites/${encodeURIComponent(siteId)}/raw?day=${day}&buildingId=${encodeURIComponent(building.id)}`
  useEffect(() => {
    const stop = new AbortController()
    readDay(path, stop.signal).then(
      (rawDay) => setState({ path, rawDay, problem: null }),
      (error: unknown) => {
        if (!stop.signal.aborted)
          setState({ path, rawDay: null, problem: error instanceof Error ? error.message : 'Something went wrong.' })
      },
    )
    return () => stop.abort()
  }, [path, attempt])

  const current = state?.path === path ? state : null
  const rawDay = current?.rawDay ?? null
  const isEmpty = rawDay !== null && rawDay.timestamps.length === 0
  const gaps = rawDay && !isEmpty ? rawDayGaps(rawDay, nowSeconds) : []
  return (
    <ChartPanel
      title={`Every reading · ${building.name}`}
      summary={rawDay && !isEmpty ? <ExportLinks href={path} /> : null}
      note={
        rawDay && !isEmpty
          ? `${new Intl.NumberFormat(format.settings.locale).format(rawDay.timestamps.length)} readings. Drag over the chart to look closer.`
          : null
      }
      chart={
        <div className="min-h-[18.5rem]">
          {current?.problem && (
            <div role="alert" className="grid h-72 place-items-center text-center text-ink-soft">
              <div className="space-y-3">
                <p>{current.problem}</p>
                <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
              </div>
            </div>
          )}
          {isEmpty && (
            <p className="grid h-72 place-items-center text-center text-ink-soft">
              No single readings of this day: they are kept for some weeks only, the sums above for good.
            </p>
          )}
          {!current?.problem &&
            !isEmpty &&
            (rawDay ? (
              <div className="h-[18.5rem]">
                <LazyRawDayChart day={rawDay} label={`Measured power of the day, ${rawDay.timestamps.length} readings`} />
              </div>
            ) : (
              <Skeleton className="h-72" />
            ))}
        </div>
      }
      table={
        <div className="max-h-72 overflow-auto text-sm" role="region" aria-label="Stretches without readings" tabIndex={0}>
          {gaps.length === 0 ? (
            <p className="text-ink-soft">
              {rawDay && !isEmpty ? 'No stretch of a minute or more without readings.' : 'Nothing to list.'}
            </p>
          ) : (
            <table className="figures w-full">
              <caption className="pb-2 text-left text-ink-soft">Not measured</caption>
              <thead>
                <tr className="text-left text-ink-soft">
                  <th scope="col">From</th>
                  <th scope="col">To</th>
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

async function readDay(path: string, signal: AbortSignal): Promise<RawDay> {
  const response = await fetch(path, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return rawDaySchema.parse(body)
  const problem = problemSchema.safeParse(body)
  throw new Error(problem.success ? problem.data.detail : 'The server did not answer as expected. Try again.')
}
