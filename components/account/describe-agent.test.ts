import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { MESSAGES } from '@/components/i18n/messages'
import { describeAgent } from './describe-agent'

const t = createTranslator({ locale: 'en-GB', messages: MESSAGES.en, namespace: 'account' })

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/604.1', 'Safari on iPhone'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on Linux'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', 'A program without a name'],
])('names a browser as its owner would, and a program as it calls itself: %s', (userAgent, words) => {
  expect(describeAgent(userAgent, t)).toBe(words)
})

it('keeps a long name short', () => {
  expect(describeAgent('x'.repeat(300), t).length).toBeLessThan(70)
})
