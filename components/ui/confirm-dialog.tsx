'use client'

import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Change } from '@/components/api/use-change'
import { Button } from './button'
import { Dialog } from './dialog'
import { Field } from './field'
import { ProblemNote } from './problem-note'

interface ConfirmDialogProps {
  title: string
  children: ReactNode
  /** What the button says that does it. */
  action: string
  /** To be typed first, where what is lost cannot be had again. */
  typed?: string
  change: Change
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something is done that cannot be taken back. */
export function ConfirmDialog({ title, children, action, typed, change, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useTranslations('ui')
  const [text, setText] = useState('')
  const isSure = typed === undefined || text.trim() === typed
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (isSure) onConfirm()
        }}
      >
        <div className="space-y-2 text-ink-soft">{children}</div>
        {typed !== undefined && (
          <Field label={t('typeToConfirm', { text: typed })}>
            {(control) => (
              <input {...control} value={text} autoComplete="off" spellCheck={false} onChange={({ target }) => setText(target.value)} />
            )}
          </Field>
        )}
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="danger" disabled={!isSure || change.isBusy}>{action}</Button>
        </div>
      </form>
    </Dialog>
  )
}
