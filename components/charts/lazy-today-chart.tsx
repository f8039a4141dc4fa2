'use client'

import { useEffect, useState, type ComponentProps } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import type TodayChart from './today-chart'
import { retryImport } from './retry-import'

/** The chart of the day, whose code comes after the page is up. */
export function LazyTodayChart(props: ComponentProps<typeof TodayChart>) {
  const [Chart, setChart] = useState<typeof TodayChart | null>(null)
  useEffect(() => retryImport(() => import('./today-chart'), (loaded) => setChart(() => loaded.default)), [])
  return Chart ? <Chart {...props} /> : <Skeleton className="size-full" />
}
