'use client'

import { ThemeProvider as NextThemes } from 'next-themes'
import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl/react'
import type { Messages } from '@/components/i18n/messages'
import { TooltipProvider } from '@/components/ui/tooltip'

interface AppProvidersProps {
  /** Lets the small script run that sets the theme before the first paint. */
  nonce?: string
  locale: string
  /** In the reader's language. */
  messages: Messages
  children: ReactNode
}

export function AppProviders({ nonce, locale, messages, children }: AppProvidersProps) {
  return (
    <NextThemes nonce={nonce} attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {/* Messages hold no dates of their own: those come formatted in the zone of their site. */}
      <IntlProvider locale={locale} messages={messages} timeZone="UTC">
        <TooltipProvider>{children}</TooltipProvider>
      </IntlProvider>
    </NextThemes>
  )
}
