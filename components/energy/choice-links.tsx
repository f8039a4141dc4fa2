import Link from 'next/link'
import { classNames } from '@/components/ui/class-names'

/** A row of choices that are pages of their own: they can be opened, shared and gone back to. */
export function ChoiceLinks({
  label,
  choices,
}: {
  label: string
  choices: readonly { text: string; href: string; isChosen: boolean }[]
}) {
  return (
    <nav aria-label={label} className="flex gap-0.5 rounded-lg bg-sunken p-0.5">
      {choices.map(({ text, href, isChosen }) => (
        <Link
          key={text}
          href={href}
          scroll={false}
          aria-current={isChosen ? 'true' : undefined}
          className={classNames(
            'relative inline-flex h-9 items-center rounded-md px-3 text-sm font-medium after:absolute after:-inset-y-1 after:inset-x-0',
            isChosen ? 'bg-surface text-ink shadow-sm dark:bg-line' : 'text-ink-soft hover:text-ink',
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
