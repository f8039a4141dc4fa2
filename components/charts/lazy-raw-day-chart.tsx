'use client'

import { useEffect, useState, type ComponentProps } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import type RawDayChart from './raw-day-chart'
import { retryImport } from './retry-import'

/** The chart of a raw day, whose code comes after the page is up. */
export function LazyRawDayChart(props: ComponentProps<typeof RawDayChart>) {
  const [Chart, setChart] = useState<typeof RawDayChart | null>(null)
  useEffect(() => retryImport(() => import('./raw-day-chart'), (loaded) => setChart(() => loaded.default)), [])
  return Chart ? <Chart {...props} /> : <Skeleton className="size-full" />
}
