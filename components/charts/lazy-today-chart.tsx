'use client'

import { useEffect, useState, type ComponentProps } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import type TodayChart from './today-chart'

const RETRY_MILLISECONDS = 5_000

/**
 * The chart of the day, whose code comes after the page is up. Where it cannot be fetched it is asked for again: a page that was
 * opened on a failing network must not break over one chart.
 */
export function LazyTodayChart(props: ComponentProps<typeof TodayChart>) {
  const [Chart, setChart] = useState<typeof TodayChart | null>(null)
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const attempt = () => {
      import('./today-chart').then(
        (loaded) => {
          if (!isGone) setChart(() => loaded.default)
        },
        () => {
          if (!isGone) timer = setTimeout(attempt, RETRY_MILLISECONDS)
        },
      )
    }
    attempt()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [])
  return Chart ? <Chart {...props} /> : <Skeleton className="size-full" />
}
