import '@fontsource-variable/inter/index.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { AppProviders } from '@/components/shell/app-providers'

export const metadata: Metadata = {
  title: { default: 'Undercurrent', template: '%s · Undercurrent' },
  description: 'One power reading a second in, every appliance out.',
  applicationName: 'Undercurrent',
  icons: { icon: { url: '/favicon.svg', type: 'image/svg+xml' } },
  robots: { index: false, follow: false },
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

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme's class is set before React takes over.
    <html lang="en" suppressHydrationWarning>
      <body className="min-h-dvh">
        <a
          href="#content"
          className={
            'sr-only rounded-lg bg-accent px-4 py-3 font-medium text-on-accent ' +
            'focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50'
          }
        >
          Skip to the content
        </a>
        <AppProviders>{children}</AppProviders>
      </body>
    </html>
  )
}
