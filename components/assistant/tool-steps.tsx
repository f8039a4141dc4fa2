'use client'

import { ChevronRight, CircleAlert, Database } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { Figure } from '@/lib/contracts/assistant'
import { FigureLink } from './figure-link'
import { valueText } from './prepare-result'
import { periodText, useToolWords } from './tool-words'
import type { ToolStep } from './turns'

const FIRST_FIGURES = 8

/** What an answer asked of the measurements and what they said, a card each, closed until somebody wants to know. */
export function ToolSteps({ steps }: { steps: readonly ToolStep[] }) {
  const t = useTranslations('assistant.steps')
  if (steps.length === 0) return null
  return (
    <section aria-label={t('title', { count: steps.length })} className="space-y-2">
      {steps.map((step) => <StepCard key={step.id} step={step} />)}
    </section>
  )
}

function StepCard({ step }: { step: ToolStep }) {
  const t = useTranslations('assistant.steps')
  const words = useToolWords()
  const format = useFormat()
  const { result, problem } = step
  const summary = [
    ...words.asked(step),
    result?.period && periodText(result.period, format),
    !result && !problem && t('pending'),
  ].filter(Boolean)
  return (
    <details className="group rounded-xl border border-line bg-surface" data-tool={step.tool}>
      <summary
        className={
          'flex min-h-11 cursor-pointer list-none items-center gap-2.5 rounded-xl px-3.5 py-2 text-sm hover:bg-sunken ' +
          '[&::-webkit-details-marker]:hidden'
        }
      >
        {problem ? (
          <CircleAlert aria-hidden className="size-4 shrink-0 text-warn" />
        ) : (
          <Database aria-hidden className="size-4 shrink-0 text-ink-faint" />
        )}
        <span className="min-w-0 grow">
          <span className="font-medium">{words.tool(step)}</span>
          {summary.length > 0 && <span className="text-ink-soft"> · {summary.join(' · ')}</span>}
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90" />
      </summary>
      <div className="border-t border-line px-3.5 py-3 text-sm">
        {problem && <p lang="en">{problem}</p>}
        {!result && !problem && <p className="text-ink-soft">{t('pending')}</p>}
        {result && <Facts step={step} result={result} />}
      </div>
    </details>
  )
}

function Facts({ step, result }: { step: ToolStep; result: NonNullable<ToolStep['result']> }) {
  const t = useTranslations('assistant.steps')
  const words = useToolWords()
  const format = useFormat()
  const asked = words.asked(step)
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {asked.length > 0 && <Fact name={t('asked')}>{asked.join(' · ')}</Fact>}
      {result.period && <Fact name={t('period')}>{periodText(result.period, format)}</Fact>}
      {result.coverage !== null && (
        <Fact name={t('coverage')}>{t('coverageOf', { share: format.percent(Math.floor(result.coverage * 1000) / 1000) })}</Fact>
      )}
      {result.devices.length > 0 && <Fact name={t('about')}>{result.devices.map((name) => words.name(name)).join(', ')}</Fact>}
      {result.figures.length > 0 && <Fact name={t('figures')}><Figures figures={result.figures} /></Fact>}
      {result.notes.length > 0 && (
        <Fact name={t('notes')}>{result.notes.map((note) => <p key={note} lang="en">{note}</p>)}</Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Figures({ figures }: { figures: readonly Figure[] }) {
  const t = useTranslations('assistant.steps')
  const units = useTranslations('format')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? figures : figures.slice(0, FIRST_FIGURES)
  const rest = figures.length - FIRST_FIGURES
  return (
    <ul className="space-y-1">
      {shown.map((figure) => (
        <li key={figure.id}>
          <FigureLink evidence={{ figure }}>{valueText(figure.value, figure.unit, format, units)}</FigureLink>{' '}
          <span lang="en" className="text-ink-soft">{figure.label}</span>
        </li>
      ))}
      {rest > 0 && (
        <li>
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="min-h-8 rounded-md text-accent underline underline-offset-3"
          >
            {isOpen ? t('fewerFigures') : t('moreFigures', { count: rest })}
          </button>
        </li>
      )}
    </ul>
  )
}
