'use client'

import { lazyChart } from './lazy-chart'

export const LazyRawDayChart = lazyChart(() => import('./raw-day-chart'))
