'use client'

import { useMemo, useSyncExternalStore } from 'react'

const neverChanges = () => () => {}
const readerTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const serverTimeZone = () => 'UTC'

interface MomentProps {
  /** Unix seconds. */
  at: number
  locale: string
  /** Leaves the time of day out. */
  isDay?: boolean
}

/** A moment on the reader's own clock; the server, which does not know that clock, writes it in UTC until the page has loaded. */
export function Moment({ at, locale, isDay = false }: MomentProps) {
  const timeZone = useSyncExternalStore(neverChanges, readerTimeZone, serverTimeZone)
  const formatter = useMemo(
    () => new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', ...(!isDay && { timeStyle: 'short' as const }) }),
    [locale, timeZone, isDay],
  )
  const date = new Date(at * 1000)
  // Editions of the locale data differ in the spaces they put into times.
  return <time dateTime={date.toISOString()}>{formatter.format(date).replaceAll(/[\u202f\u2009]/g, ' ')}</time>
}
