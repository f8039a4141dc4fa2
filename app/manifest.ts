import type { MetadataRoute } from 'next'

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Undercurrent',
    short_name: 'Undercurrent',
    description: 'What every appliance draws, from one power reading a second.',
    start_url: '/live',
    display: 'standalone',
    background_color: '#fafaf8',
    theme_color: '#0b5a63',
    icons: [{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  }
}
