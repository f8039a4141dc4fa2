import type { Browser, BrowserContext, Page } from '@playwright/test'

/** How fast the network and the processor are made to be. */
export interface Conditions {
  name: string
  viewport: { width: number; height: number }
  /** Times slower than this machine. */
  cpuSlowdown: number
  latencyMilliseconds: number
  bitsPerSecond: number
}

/** Those that Lighthouse's presets simulate, here really applied. */
export const CONDITIONS: readonly Conditions[] = [
  { name: 'desktop', viewport: { width: 1350, height: 940 }, cpuSlowdown: 1, latencyMilliseconds: 40, bitsPerSecond: 10_240_000 },
  { name: 'phone', viewport: { width: 412, height: 823 }, cpuSlowdown: 4, latencyMilliseconds: 150, bitsPerSecond: 1_638_400 },
]

/** Milliseconds since the navigation began, bytes as they crossed the network. */
export interface FirstLoad {
  firstPaint: number
  largestPaint: number
  layoutShift: number
  /** Beyond 50 ms of each long task, from the first paint until AFTER_LOAD_MILLISECONDS after the load event. */
  blocked: number
  scriptBytes: number
  allBytes: number
  requests: number
}

export const AFTER_LOAD_MILLISECONDS = 5_000
const LOAD_MILLISECONDS = 120_000
const LONG_TASK_MILLISECONDS = 50

interface Observed {
  firstPaint: number
  largestPaint: number
  layoutShift: number
  longTasks: { start: number; duration: number }[]
}

/** Loads a page once with an empty cache. @param state of a browser that is logged in */
export async function measureFirstLoad(
  browser: Browser,
  url: string,
  state: Awaited<ReturnType<BrowserContext['storageState']>>,
  { viewport, cpuSlowdown, latencyMilliseconds, bitsPerSecond }: Conditions,
): Promise<FirstLoad> {
  const context = await browser.newContext({ storageState: state, viewport })
  try {
    const page = await context.newPage()
    await page.addInitScript(observe)
    const devtools = await context.newCDPSession(page)
    const traffic = { scriptBytes: 0, allBytes: 0, requests: 0 }
    const scripts = new Set<string>()
    devtools.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)))
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      traffic.requests += 1
      traffic.allBytes += encodedDataLength
      if (scripts.has(requestId)) traffic.scriptBytes += encodedDataLength
    })
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMilliseconds,
      downloadThroughput: bitsPerSecond / 8,
      uploadThroughput: bitsPerSecond / 8,
    })
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
    await page.goto(url, { waitUntil: 'load', timeout: LOAD_MILLISECONDS })
    await page.waitForTimeout(AFTER_LOAD_MILLISECONDS)
    const { longTasks, ...observed } = await observedIn(page)
    const blocked = longTasks
      .filter(({ start }) => start >= observed.firstPaint)
      .reduce((sum, { duration }) => sum + Math.max(0, duration - LONG_TASK_MILLISECONDS), 0)
    return { ...observed, blocked, ...traffic }
  } finally {
    await context.close()
  }
}

/** Runs in the page, before its own scripts. */
function observe() {
  const seen: Observed = { firstPaint: 0, largestPaint: 0, layoutShift: 0, longTasks: [] }
  Object.assign(window, { firstLoad: seen })
  const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.firstPaint = startTime
  })
  watch('largest-contentful-paint', ({ startTime }) => (seen.largestPaint = startTime))
  watch('longtask', ({ startTime, duration }) => seen.longTasks.push({ start: startTime, duration }))
  // https://web.dev/articles/cls: the worst window of shifts less than a second apart, of five seconds at most.
  let [windowStart, windowEnd, sum] = [0, 0, 0]
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (hadRecentInput) return
    const goesOn = entry.startTime - windowEnd < 1000 && entry.startTime - windowStart < 5000
    if (!goesOn) [windowStart, sum] = [entry.startTime, 0]
    windowEnd = entry.startTime
    sum += value
    seen.layoutShift = Math.max(seen.layoutShift, sum)
  })
}

const observedIn = (page: Page): Promise<Observed> =>
  page.evaluate(() => (window as unknown as { firstLoad: Observed }).firstLoad)
