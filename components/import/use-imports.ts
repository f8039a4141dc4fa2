'use client'

import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { useProblemText } from '@/components/api/problem-text'
import { RequestFailure } from '@/components/api/request-api'
import { importPreviewSchema, type ImportMapping, type ImportPreview } from '@/lib/contracts/import'
import { importJobSchema, type ImportJob } from '@/lib/contracts/import-jobs'
import { problemSchema } from '@/lib/contracts/problem'

const WATCH_MILLISECONDS = 1_500
const REQUEST_MILLISECONDS = 30_000
const uploadedSchema = z.object({ import: importJobSchema, preview: importPreviewSchema })

/** A file that was sent and waits to be imported. */
export interface Draft {
  import: ImportJob
  preview: ImportPreview
}

export interface Imports {
  imports: ImportJob[]
  draft: Draft | null
  /** Share of a file that is sent; null while none is. */
  uploadShare: number | null
  problem: string | null
  isBusy: boolean
  upload(file: File, buildingId: string): void
  stopUpload(): void
  remap(mapping: ImportMapping): Promise<void>
  start(): Promise<void>
  discard(): Promise<void>
  change(importId: string, action: 'cancel' | 'retry'): Promise<void>
}

const isUnderWay = ({ status, estimate }: ImportJob) =>
  [status, estimate?.status].some((current) => current === 'queued' || current === 'running')

/** Imports of one site, from the server's first answer on; watched while one is under way. */
export function useImports(siteId: string, first: ImportJob[]): Imports {
  const t = useTranslations('import')
  const problemText = useProblemText()
  const [imports, setImports] = useState(first)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [uploading, setUploading] = useState<{ share: number; request: XMLHttpRequest } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const base = `/api/v1/sites/${encodeURIComponent(siteId)}/imports`

  const refresh = useCallback(async () => {
    setImports(z.object({ data: z.array(importJobSchema) }).parse(await ask(base)).data)
  }, [base])

  const isWatched = imports.some(isUnderWay)
  useEffect(() => {
    if (!isWatched) return
    const timer = setInterval(() => void refresh().catch(() => {}), WATCH_MILLISECONDS)
    return () => clearInterval(timer)
  }, [isWatched, refresh])

  const work = async (change: () => Promise<void>) => {
    setBusy(true)
    try {
      await change()
      setProblem(null)
    } catch (error) {
      setProblem(problemText(error))
    } finally {
      setBusy(false)
    }
  }
  const pathOf = (importId: string, action: string) => `${base}/${encodeURIComponent(importId)}/${action}`

  return {
    imports: imports.filter(({ status }) => status !== 'uploaded'),
    draft,
    uploadShare: uploading?.share ?? null,
    problem,
    isBusy,
    upload(file, buildingId) {
      setProblem(null)
      setDraft(null)
      const request = send(`${base}?building=${encodeURIComponent(buildingId)}&name=${encodeURIComponent(file.name)}`, file, {
        progress: (share) => setUploading({ share, request }),
        done(answer) {
          setUploading(null)
          setDraft(uploadedSchema.parse(answer))
        },
        failed(failure) {
          setUploading(null)
          setProblem('problem' in failure ? failure.problem : t(failure.kind))
        },
      })
      setUploading({ share: 0, request })
    },
    stopUpload() {
      uploading?.request.abort()
      setUploading(null)
    },
    remap: (mapping) =>
      work(async () => {
        if (!draft) return
        const preview = importPreviewSchema.parse(await ask(pathOf(draft.import.id, 'preview'), mapping))
        setDraft({ ...draft, preview })
      }),
    start: () =>
      work(async () => {
        if (!draft) return
        await ask(pathOf(draft.import.id, 'start'), draft.preview.mapping)
        setDraft(null)
        await refresh()
      }),
    discard: () =>
      work(async () => {
        if (!draft) return
        await ask(pathOf(draft.import.id, 'cancel'), {})
        setDraft(null)
        await refresh()
      }),
    change: (importId, action) =>
      work(async () => {
        await ask(pathOf(importId, action), {})
        await refresh()
      }),
  }
}

interface UploadEvents {
  progress(share: number): void
  done(answer: unknown): void
  failed(failure: { problem: string } | { kind: 'notTaken' | 'broken' }): void
}

/** fetch tells nothing of how much of a body is sent. */
function send(path: string, file: File, events: UploadEvents): XMLHttpRequest {
  const request = new XMLHttpRequest()
  request.open('POST', path)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.upload.addEventListener('progress', ({ loaded, total }) => events.progress(total > 0 ? loaded / total : 0))
  request.addEventListener('load', () => {
    const answer = readJson(request.responseText)
    if (request.status < 300) events.done(answer)
    else {
      const { data } = problemSchema.safeParse(answer)
      events.failed(data ? { problem: data.detail } : { kind: 'notTaken' })
    }
  })
  request.addEventListener('error', () => events.failed({ kind: 'broken' }))
  request.send(file)
  return request
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function ask(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    signal: AbortSignal.timeout(REQUEST_MILLISECONDS),
  })
  if (response.ok) return response.json()
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  if (!problem.success) throw new RequestFailure('unexpected')
  throw new Error(problem.data.detail)
}
