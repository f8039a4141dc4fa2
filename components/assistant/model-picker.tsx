'use client'

import * as Radix from '@radix-ui/react-dropdown-menu'
import { Check, ChevronDown } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Badge } from '@/components/ui/badge'
import type { ModelDescription } from '@/lib/contracts/chat'
import { modelName } from './model-name'

interface ModelPickerProps {
  models: readonly ModelDescription[]
  value: string
  onChange: (id: string) => void
}

/** Who answers: what each can do, and why one cannot be asked. */
export function ModelPicker({ models, value, onChange }: ModelPickerProps) {
  const t = useTranslations('assistant.model')
  const chosen = models.find(({ id }) => id === value) ?? models[0]
  if (!chosen) return null
  const nameOf = (model: ModelDescription) => modelName(model, t('builtIn'))
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>
        <button
          type="button"
          aria-label={t('label', { name: nameOf(chosen) })}
          className={
            'inline-flex min-h-10 min-w-0 items-center gap-1.5 rounded-full px-3 text-sm text-ink-soft hover:bg-sunken hover:text-ink ' +
            'data-[state=open]:bg-sunken'
          }
        >
          <span className="truncate">{nameOf(chosen)}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          side="top"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t('choose')}
          className={
            'z-50 max-h-(--radix-dropdown-menu-content-available-height) w-[min(24rem,calc(100vw-1.5rem))] overflow-y-auto rounded-xl ' +
            'border border-line bg-surface p-1.5 shadow-lg'
          }
        >
          <Radix.RadioGroup aria-label={t('choose')} value={value} onValueChange={onChange}>
            {models.map((model) => (
              <Radix.RadioItem
                key={model.id}
                value={model.id}
                disabled={!model.available}
                data-model={model.id}
                className="flex gap-3 rounded-lg px-3 py-2.5 outline-none select-none data-[highlighted]:bg-sunken"
              >
                <span className="min-w-0 grow space-y-1">
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <span className="font-medium">{nameOf(model)}</span>
                    {model.is_default && <Badge tone="accent">{t('usual')}</Badge>}
                    {!model.available && <Badge tone="warn">{t('unavailable')}</Badge>}
                  </span>
                  <span lang="en" className="block text-sm text-ink-soft">{model.available ? model.description : model.problem}</span>
                  {model.available && (
                    <span className="block text-[0.8125rem] leading-5 text-ink-soft">
                      {[
                        t(model.local ? 'local' : 'remote'),
                        model.free_text && t('freeText'),
                        model.calls_tools && t('tools'),
                        model.slow && t('slow'),
                      ].filter(Boolean).join(' · ')}
                    </span>
                  )}
                </span>
                <span className="mt-1 size-4 shrink-0">
                  <Radix.ItemIndicator><Check aria-hidden className="size-4 text-accent" /></Radix.ItemIndicator>
                </span>
              </Radix.RadioItem>
            ))}
          </Radix.RadioGroup>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
