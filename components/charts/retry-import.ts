const RETRY_MILLISECONDS = 5_000

/**
 * Fetches the code of a chart after the page is up; where it cannot be fetched it is asked for again: a page that was opened on a
 * failing network must not break over one chart. For an effect. @returns how to stop it
 */
export function retryImport<Module>(load: () => Promise<Module>, use: (loaded: Module) => void): () => void {
  let isGone = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const attempt = () => {
    load().then(
      (loaded) => {
        if (!isGone) use(loaded)
      },
      () => {
        if (!isGone) timer = setTimeout(attempt, RETRY_MILLISECONDS)
      },
    )
  }
  attempt()
  return () => {
    isGone = true
    clearTimeout(timer)
  }
}
