'use client'

import * as Radix from '@radix-ui/react-dropdown-menu'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { createContext, useContext, type ReactElement, type ReactNode } from 'react'
import { classNames } from './class-names'

const ITEM =
  'flex min-h-11 items-center gap-3 rounded-lg px-3 text-[0.9375rem] text-ink outline-none select-none ' +
  'data-[highlighted]:bg-sunken data-[disabled]:opacity-60'

/** Where menus are drawn: within a modal element, as nothing outside one can be reached. null: over the page. */
export const MenuContainer = createContext<HTMLElement | null>(null)

/** `trigger` must be one button with a name. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  const container = useContext(MenuContainer)
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className={
            'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto ' +
            'rounded-xl border border-line bg-surface p-1.5 shadow-lg'
          }
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return <Radix.Item className={ITEM} onSelect={onSelect}>{children}</Radix.Item>
}

interface MenuLinkProps {
  href: string
  isCurrent: boolean
  className?: string
  children: ReactNode
}

export function MenuLink({ href, isCurrent, className, children }: MenuLinkProps) {
  return (
    <Radix.Item asChild className={classNames(ITEM, className)}>
      <Link href={href} aria-current={isCurrent ? 'page' : undefined}>{children}</Link>
    </Radix.Item>
  )
}

export function MenuNote({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-3 py-2 text-sm text-ink-soft">{children}</Radix.Label>
}

export function MenuSeparator() {
  return <Radix.Separator className="mx-3 my-1 h-px bg-line" />
}

export interface MenuChoice {
  value: string
  label: string
  icon?: ReactNode
  /** Of the label, where it is not the page's language. */
  lang?: string
}

export function MenuChoices({ label, value, choices, onChange }: {
  label: string
  value: string
  choices: readonly MenuChoice[]
  onChange: (value: string) => void
}) {
  return (
    <Radix.RadioGroup aria-label={label} value={value} onValueChange={onChange}>
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={ITEM}>
          {choice.icon}
          <span className="grow" lang={choice.lang}>{choice.label}</span>
          <Radix.ItemIndicator><Check aria-hidden className="size-4 text-accent" /></Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}
