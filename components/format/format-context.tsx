'use client'

import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { createFormat, type Format, type FormatSettings } from './quantities'

const FormatContext = createContext<Format | null>(null)

export function FormatProvider({ locale, timeZone, currency, children }: FormatSettings & { children: ReactNode }) {
  const format = useMemo(() => createFormat({ locale, timeZone, currency }), [locale, timeZone, currency])
  return <FormatContext value={format}>{children}</FormatContext>
}

/** Numbers, money and times as the reader and the site write them. */
export function useFormat(): Format {
  const format = useContext(FormatContext)
  if (!format) throw new Error('useFormat needs a FormatProvider above it')
  return format
}
