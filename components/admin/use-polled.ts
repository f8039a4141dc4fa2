'use client'

import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'

interface Polled<Answer> {
  answer: Answer
  /** Why the newest question had no answer; `answer` is then an older one. */
  problem: string | null
  /** Asks now. */
  refresh(): Promise<void>
}

/** What the API answers, from the server's first rendering on, asked again every so often while the page is in view. */
export function usePolled<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  first: z.infer<Schema>,
  everyMilliseconds: number,
): Polled<z.infer<Schema>> {
  const [answer, setAnswer] = useState(first)
  const [problem, setProblem] = useState<string | null>(null)
  const newest = useRef(0)
  const problemText = useProblemText()

  const refresh = async () => {
    const mine = ++newest.current
    try {
      const read = schema.parse(await requestApi(path))
      // A slow answer must not overtake a later one.
      if (mine !== newest.current) return
      setAnswer(read)
      setProblem(null)
    } catch (error) {
      if (mine === newest.current) setProblem(problemText(error))
    }
  }
  const latest = useRef(refresh)
  useEffect(() => {
    latest.current = refresh
  })

  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') void latest.current()
    }
    const timer = setInterval(ask, everyMilliseconds)
    document.addEventListener('visibilitychange', ask)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [everyMilliseconds])

  return { answer, problem, refresh }
}
