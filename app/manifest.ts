import type { MetadataRoute } from 'next'
import { getTranslations } from '@/components/i18n/server-translations'

/** What a browser needs to install the application. It is read without a log-in. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations('entry')
  return {
    id: '/live',
    name: 'Undercurrent',
    short_name: 'Undercurrent',
    description: t('description'),
    start_url: '/live',
    scope: '/',
    display: 'standalone',
    background_color: '#fafaf8',
    theme_color: '#0b5a63',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
  }
}
