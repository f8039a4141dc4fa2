'use client'

import { lazyChart } from './lazy-chart'

export const LazyTodayChart = lazyChart(() => import('./today-chart'))
