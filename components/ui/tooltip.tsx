'use client'

import * as Radix from '@radix-ui/react-tooltip'
import { useState, type ReactElement, type ReactNode } from 'react'

export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Radix.Provider delayDuration={200}>{children}</Radix.Provider>
}

/** A note on hover and focus, and on tap, as a finger cannot hover; gone by a tap elsewhere. The child must be one button. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactElement }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger
        asChild
        // Radix closes on press; a tap is the only way in without a pointer that hovers.
        onPointerDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.preventDefault()
          setOpen(true)
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-72 rounded-xl bg-ink px-3.5 py-2.5 text-sm leading-5 text-canvas shadow-lg"
        >
          {content}
          <Radix.Arrow className="fill-ink" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A note on hover and focus of a link; a tap follows the link. The child must be one link. */
export function LinkNote({ content, children }: { content: ReactNode; children: ReactElement }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-72 rounded-xl bg-ink px-3.5 py-2.5 text-sm leading-5 text-canvas shadow-lg"
        >
          {content}
          <Radix.Arrow className="fill-ink" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
