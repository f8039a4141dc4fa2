'use client'

import { useCallback, useEffect, useState } from 'react'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi as request } from '@/components/api/request-api'
import type { Appliance } from '@/lib/contracts/appliances'
import {
  homeLearningSchema,
  NOT_CYCLING,
  siteRunsSchema,
  type HomeLearning,
  type NewRunLabel,
  type SiteRuns,
} from '@/lib/contracts/home-learning'

const WATCH_MILLISECONDS = 3_000

export interface HomeRuns {
  runs: SiteRuns
  learning: HomeLearning
  /** What went wrong last; null when all is well. */
  problem: string | null
  isBusy: boolean
  shown: readonly Appliance[]
  show(appliances: readonly Appliance[]): Promise<boolean>
  say(label: NewRunLabel): Promise<boolean>
  takeBack(labelId: string): Promise<boolean>
  learnNow(buildingId: string): Promise<boolean>
  changeHead(headId: string, action: 'roll-back' | 'activate'): Promise<boolean>
  loadMore(): Promise<boolean>
}

/** Runs and learning of one site, from the server's first answer on; every change is followed by what is true then. */
export function useHomeRuns(siteId: string, first: { runs: SiteRuns; learning: HomeLearning }): HomeRuns {
  const problemText = useProblemText()
  const [runs, setRuns] = useState(first.runs)
  const [learning, setLearning] = useState(first.learning)
  const [problem, setProblem] = useState<string | null>(null)
  const [shown, setShown] = useState<readonly Appliance[]>(NOT_CYCLING)
  const [isBusy, setBusy] = useState(false)
  const base = `/api/v1/sites/${encodeURIComponent(siteId)}`

  const refresh = useCallback(async () => {
    const count = Math.min(200, Math.max(40, runs.runs.length))
    setRuns(siteRunsSchema.parse(await request(`${base}/runs?limit=${count}&appliances=${shown.join(',')}`)))
    setLearning(homeLearningSchema.parse(await request(`${base}/learning`)))
  }, [base, runs.runs.length, shown])

  const change = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    try {
      await work()
      setProblem(null)
      return true
    } catch (error) {
      setProblem(problemText(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  const send = (path: string, method: 'POST' | 'DELETE', body?: unknown) =>
    change(async () => {
      await request(`${base}${path}`, { method, body })
      await refresh()
    })

  const isOnItsWay = learning.buildings.some(({ job, heads }) => {
    const isRunning = job?.status === 'queued' || job?.status === 'running'
    return isRunning || heads.some((head) => head.status === 'active' && head.effectiveFrom === null)
  })
  useEffect(() => {
    if (!isOnItsWay) return
    const timer = setInterval(() => {
      request(`${base}/learning`).then((answer) => setLearning(homeLearningSchema.parse(answer))).catch(() => {})
    }, WATCH_MILLISECONDS)
    return () => clearInterval(timer)
  }, [isOnItsWay, base])

  return {
    runs,
    learning,
    problem,
    isBusy,
    shown,
    show: (appliances) =>
      change(async () => {
        setRuns(siteRunsSchema.parse(await request(`${base}/runs?limit=40&appliances=${appliances.join(',')}`)))
        setShown(appliances)
      }),
    say: (label) => send('/labels', 'POST', label),
    takeBack: (labelId) => send(`/labels/${encodeURIComponent(labelId)}`, 'DELETE'),
    learnNow: (buildingId) => send('/learning', 'POST', { buildingId }),
    changeHead: (headId, action) => send(`/learning/heads/${encodeURIComponent(headId)}`, 'POST', { action }),
    loadMore: () =>
      change(async () => {
        const before = runs.runs.at(-1)?.startedAt
        const older = siteRunsSchema.parse(await request(`${base}/runs?limit=40&appliances=${shown.join(',')}&before=${before ?? ''}`))
        setRuns({ runs: [...runs.runs, ...older.runs], hasMore: older.hasMore })
      }),
  }
}
