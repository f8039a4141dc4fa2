import { CircleAlert } from 'lucide-react'

/** What went wrong, read out as soon as it appears; nothing while all is well. */
export function ProblemNote({ text }: { text: string | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && (
        <p className="flex items-start gap-2.5 rounded-lg bg-bad-wash px-3.5 py-2.5 text-sm text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {text}
        </p>
      )}
    </div>
  )
}
