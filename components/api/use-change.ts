'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useProblemText } from './problem-text'

export interface Change {
  isBusy: boolean
  /** What went wrong last; null when all is well. */
  problem: string | null
  /** Does `work`, then has the server make the page anew. @returns whether it worked */
  run(work: () => Promise<unknown>): Promise<boolean>
  clear(): void
}

/** One thing a person can have done at a time, and what came of it. */
export function useChange(): Change {
  const router = useRouter()
  const problemText = useProblemText()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  return {
    isBusy,
    problem,
    async run(work) {
      setBusy(true)
      setProblem(null)
      try {
        await work()
        router.refresh()
        return true
      } catch (error) {
        setProblem(problemText(error))
        return false
      } finally {
        setBusy(false)
      }
    },
    clear: () => setProblem(null),
  }
}
