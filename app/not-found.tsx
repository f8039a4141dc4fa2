import Link from 'next/link'
import { StatePage } from '@/components/shell/state-page'
import { buttonClass } from '@/components/ui/button'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <StatePage
      title="Nothing here"
      text="This page does not exist, or it belongs to a site you cannot see."
      action={<Link href="/live" className={buttonClass('primary')}>Go to the live page</Link>}
    />
  )
}
