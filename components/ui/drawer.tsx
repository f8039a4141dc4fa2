'use client'

import { X } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button'
import { MenuContainer } from './menu'

/** A panel that comes in from the left, open as long as it is rendered. The browser keeps the focus inside; Escape closes it. */
export function Drawer({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const t = useTranslations('ui')
  const element = useRef<HTMLDialogElement>(null)
  const [container, setContainer] = useState<HTMLElement | null>(null)
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) dialog.showModal()
    setContainer(dialog)
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // A click beside it cancels it, too.
      {...{ closedby: 'any' }}
      className="m-0 h-dvh max-h-none w-[min(22rem,88vw)] max-w-none border-r border-line bg-surface text-ink shadow-lg backdrop:bg-black/50"
    >
      <div className="flex h-full flex-col p-3 pt-[max(0.75rem,env(safe-area-inset-top))]">
        <Button look="quiet" className="mb-1 self-end" aria-label={t('close')} onClick={onClose}><X aria-hidden className="size-5" /></Button>
        <MenuContainer value={container}>{children}</MenuContainer>
      </div>
    </dialog>
  )
}
