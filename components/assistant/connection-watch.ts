/** The server gives a sign of life every 15 s. */
const SILENCE_MILLISECONDS = 40_000

export interface ConnectionWatch {
  /** Aborted once the connection must be taken for lost. */
  signal: AbortSignal
  /** Something came. */
  alive(): void
  end(): void
}

/** Notices a connection that is lost without an error: the network is gone, or nothing comes any more. */
export function watchConnection(): ConnectionWatch {
  const controller = new AbortController()
  const lose = () => controller.abort()
  let timer = setTimeout(lose, SILENCE_MILLISECONDS)
  addEventListener('offline', lose)
  return {
    signal: controller.signal,
    alive() {
      clearTimeout(timer)
      timer = setTimeout(lose, SILENCE_MILLISECONDS)
    },
    end() {
      clearTimeout(timer)
      removeEventListener('offline', lose)
    },
  }
}

/** Waits so long, shorter where the network comes back or the signal ends it; without a network until it is there again. */
export function waitForConnection(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      removeEventListener('online', end)
      resolve()
    }
    const timer = navigator.onLine ? setTimeout(end, milliseconds) : undefined
    signal.addEventListener('abort', end)
    addEventListener('online', end)
  })
}
