'use client'

import { lazyChart } from './lazy-chart'

export const LazyTimeBars = lazyChart(() => import('./time-bars'))
