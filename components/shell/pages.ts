import {
  Activity,
  CalendarRange,
  ChartColumnStacked,
  ChartGantt,
  FileUp,
  Lightbulb,
  ListChecks,
  MessagesSquare,
  PlugZap,
  ReceiptText,
  Waves,
  type LucideIcon,
} from 'lucide-react'
import type { Messages } from '@/components/i18n/messages'

export interface PageLink {
  path: string
  /** Names it in the messages. */
  name: keyof Messages['shell']['page']
  Icon: LucideIcon
}

/** On the bar, the most wanted first: a phone has room for the first few of them, the rest is behind "More". */
export const MAIN_PAGES: readonly PageLink[] = [
  { path: '/live', name: 'live', Icon: Activity },
  { path: '/overview', name: 'overview', Icon: ChartColumnStacked },
  { path: '/assistant', name: 'assistant', Icon: MessagesSquare },
  { path: '/insights', name: 'insights', Icon: Lightbulb },
  { path: '/history', name: 'history', Icon: CalendarRange },
  { path: '/runs', name: 'runs', Icon: ListChecks },
]

/** With "More", five: as many as a thumb hits on a phone. */
export const PAGES_ON_PHONES = 4

/** Always behind "More". */
export const MORE_PAGES: readonly PageLink[] = [
  { path: '/timeline', name: 'timeline', Icon: ChartGantt },
  { path: '/devices', name: 'devices', Icon: PlugZap },
  { path: '/power-quality', name: 'quality', Icon: Waves },
  { path: '/settings/tariff', name: 'prices', Icon: ReceiptText },
  { path: '/import', name: 'import', Icon: FileUp },
]

/** Whether a page is in view, itself or one below it. */
export const isInView = (path: string, pathname: string) => pathname === path || pathname.startsWith(`${path}/`)
