import '@fontsource-variable/inter/index.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { MESSAGES } from '@/components/i18n/messages'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { AppProviders } from '@/components/shell/app-providers'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('entry')
  return {
    title: { default: 'Undercurrent', template: '%s · Undercurrent' },
    description: t('description'),
    applicationName: 'Undercurrent',
    icons: { icon: { url: '/favicon.svg', type: 'image/svg+xml' }, apple: '/apple-touch-icon.png' },
    appleWebApp: { title: 'Undercurrent' },
    robots: { index: false, follow: false },
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#12191c' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading it also keeps every page from being made at build time, when there is no nonce for its scripts.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const { language, locale } = await currentReader()
  const t = await getTranslations('shell')
  return (
    // The theme's class is set before React takes over.
    <html lang={language} suppressHydrationWarning>
      <body className="min-h-dvh">
        <a
          href="#content"
          className={
            'sr-only rounded-lg bg-accent px-4 py-3 font-medium text-on-accent ' +
            'focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50'
          }
        >
          {t('skipToContent')}
        </a>
        <AppProviders nonce={nonce} locale={locale} messages={MESSAGES[language]}>{children}</AppProviders>
      </body>
    </html>
  )
}
