'use client'

import { lazyChart } from './lazy-chart'

export const LazyEnergyBars = lazyChart(() => import('./energy-bars'))
