'use client'

import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** A window over the page, open as long as it is rendered. The browser keeps the focus inside and closes it on Escape. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const t = useTranslations('ui')
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className={
        'm-auto max-h-[calc(100dvh-2rem)] w-[min(34rem,calc(100vw-2rem))] max-w-none overflow-y-auto rounded-2xl border border-line ' +
        'bg-surface p-5 text-ink shadow-lg backdrop:bg-black/50 sm:p-6'
      }
    >
      <div className="-mt-1 -mr-2 mb-4 flex items-start justify-between gap-3">
        <h2 id={titleId} className="pt-2 text-lg font-semibold tracking-[-0.01em]">{title}</h2>
        <Button look="quiet" aria-label={t('close')} onClick={onClose}><X aria-hidden className="size-5" /></Button>
      </div>
      {children}
    </dialog>
  )
}
