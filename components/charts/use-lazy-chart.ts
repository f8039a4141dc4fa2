'use client'

import { useEffect, useState, type ComponentType } from 'react'

const RETRY_MILLISECONDS = 5_000

/**
 * A chart whose code comes after the page is up; null until then. Where it cannot be fetched it is asked for again: a page that was
 * opened on a failing network must not break over one chart.
 * @param load must be the same function on every render
 */
export function useLazyChart<Props>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> | null {
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
  }, [load])
  return Chart
}
