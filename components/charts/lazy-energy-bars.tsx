'use client'

import { useEffect, useState, type ComponentProps } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import type EnergyBars from './energy-bars'
import { retryImport } from './retry-import'

/** Energy bars, whose code comes after the page is up. */
export function LazyEnergyBars(props: ComponentProps<typeof EnergyBars>) {
  const [Chart, setChart] = useState<typeof EnergyBars | null>(null)
  useEffect(() => retryImport(() => import('./energy-bars'), (loaded) => setChart(() => loaded.default)), [])
  return Chart ? <Chart {...props} /> : <Skeleton className="size-full" />
}
