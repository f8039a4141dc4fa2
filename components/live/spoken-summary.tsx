'use client'

import { useEffect, useRef, useState } from 'react'

const LEAST_MILLISECONDS_BETWEEN = 30_000

/** Tells screen readers when the answer changes: politely, never more often than every half minute, and not on arrival. */
export function SpokenSummary({ text }: { text: string }) {
  const [spoken, setSpoken] = useState('')
  const state = useRef({ current: text, said: text, saidAt: 0 })
  useEffect(() => {
    state.current.current = text
  }, [text])
  useEffect(() => {
    state.current.saidAt = Date.now()
    const timer = setInterval(() => {
      const { current, said, saidAt } = state.current
      if (current === said || Date.now() - saidAt < LEAST_MILLISECONDS_BETWEEN) return
      state.current = { current, said: current, saidAt: Date.now() }
      setSpoken(current)
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  return <p aria-live="polite" className="sr-only">{spoken}</p>
}
