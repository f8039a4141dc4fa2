'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useProblemText } from '@/components/api/problem-text'

export interface Change {
  isBusy: boolean
  /** What went wrong last; null when all is well. */
  problem: string | null
  /** What was done last. */
  done: string | null
  /** Does something, says how it went, and shows what is true then. @returns whether it went well */
  run(work: () => Promise<string>): Promise<boolean>
}

/** A change a person makes on a page that the server draws. */
export function useChange(): Change {
  const router = useRouter()
  const problemText = useProblemText()
  const [state, setState] = useState<{ isBusy: boolean; problem: string | null; done: string | null }>({
    isBusy: false,
    problem: null,
    done: null,
  })
  return {
    ...state,
    async run(work) {
      setState({ isBusy: true, problem: null, done: null })
      try {
        const done = await work()
        setState({ isBusy: false, problem: null, done })
        router.refresh()
        return true
      } catch (error) {
        setState({ isBusy: false, problem: problemText(error), done: null })
        return false
      }
    },
  }
}
