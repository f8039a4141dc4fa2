'use client'

import { useState } from 'react'
import type { Change } from '@/components/api/use-change'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

interface ConfirmDeleteProps {
  title: string
  action: string
  text: string
  /** @returns what went wrong; null when nothing did */
  work: () => Promise<string | null>
  onClose: () => void
}

/** Asks before conversations are lost; the page stays as it is, only its list changes. */
export function ConfirmDelete({ title, action, text, work, onClose }: ConfirmDeleteProps) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const change: Change = { isBusy, problem, clear: () => setProblem(null), run: async () => false }
  const confirm = async () => {
    setBusy(true)
    const failed = await work()
    setBusy(false)
    setProblem(failed)
    if (failed === null) onClose()
  }
  return (
    <ConfirmDialog title={title} action={action} change={change} onConfirm={() => void confirm()} onClose={onClose}>
      <p>{text}</p>
    </ConfirmDialog>
  )
}
