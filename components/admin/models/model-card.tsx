import Markdown from 'markdown-to-jsx'
import type { ComponentProps, ReactNode } from 'react'

const FIGURES = '/api/v1/admin/models/plots/'

/** Where the card's own figures are given out; anything else it might name is not loaded. */
function Figure({ src, alt }: ComponentProps<'img'>) {
  const file = /^plots\/([\w-]+\.svg)$/.exec(typeof src === 'string' ? src : '')?.[1]
  if (!file) return null
  return (
    // By itself a figure is dark or light as the system is, not as the page: it stays light, and a dark page inverts it.
    // oxlint-disable-next-line nextjs/no-img-element
    <img
      src={FIGURES + file}
      alt={alt ?? ''}
      loading="lazy"
      className="my-3 max-w-full rounded-lg bg-white p-2 [color-scheme:light] dark:[filter:invert(0.9)_hue-rotate(180deg)]"
    />
  )
}

/** Links of the card lead to files beside it, which nobody gives out here: their text stays. */
const LinkText = ({ children }: ComponentProps<'a'>) => <>{children}</>

/** Wide tables scroll by themselves. */
function ScrollingTable({ name, children }: { name: string; children?: ReactNode }) {
  return (
    <div role="group" aria-label={name} tabIndex={0} className="-mx-4 my-3 scroll-shade overflow-x-auto px-4 sm:-mx-6 sm:px-6">
      <table className="figures w-full text-left text-[0.8125rem]">{children}</table>
    </div>
  )
}

const OPTIONS = {
  // The card is text with figures; whatever looks like HTML in it is shown as it stands.
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    img: Figure,
    a: LinkText,
    // The page has a title and sections of its own above these.
    h1: { component: 'h3', props: { className: 'text-base font-semibold' } },
    h2: { component: 'h3', props: { className: 'mt-6 text-base font-semibold' } },
    h3: { component: 'h4', props: { className: 'mt-4 font-semibold' } },
    p: { props: { className: 'mt-2 max-w-prose text-sm leading-6' } },
    ul: { props: { className: 'mt-2 max-w-prose list-disc space-y-1 pl-5 text-sm leading-6' } },
    ol: { props: { className: 'mt-2 max-w-prose list-decimal space-y-1 pl-5 text-sm leading-6' } },
    th: { props: { className: 'border-b border-line py-1.5 pr-4 align-bottom font-medium whitespace-nowrap text-ink-soft' } },
    td: { props: { className: 'border-b border-line/60 py-1.5 pr-4 align-baseline whitespace-nowrap' } },
    code: { props: { className: 'rounded bg-sunken px-1 text-[0.8125rem]' } },
  },
} as const

interface ModelCardProps {
  markdown: string
  /** What each of its tables is called for those who do not see it. */
  tableName: string
}

/** The card that comes with a model, with its figures; it is written in English. */
export function ModelCard({ markdown, tableName }: ModelCardProps) {
  const table = { component: ScrollingTable, props: { name: tableName } }
  return (
    <div lang="en">
      <Markdown options={{ ...OPTIONS, overrides: { ...OPTIONS.overrides, table } }}>{markdown}</Markdown>
    </div>
  )
}
