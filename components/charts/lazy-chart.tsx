'use client'

import { useEffect, useState, type ComponentType } from 'react'
import { Skeleton } from '@/components/ui/skeleton'

const RETRY_MILLISECONDS = 5_000

/**
 * A chart whose code comes after the page is up. Where it cannot be fetched it is asked for again: a page that was opened on a
 * failing network must not break over one chart.
 */
export function lazyChart<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  return function LazyChart(props: Props) {
    const [Chart, setChart] = useState<ComponentType<Props> | null>(null)
    useEffect(() => {
      let isGone = false
      let timer: ReturnType<typeof setTimeout> | undefined
      const attempt = () => {
        load().then(
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
}
