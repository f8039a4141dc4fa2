const SETTLED_MILLISECONDS = 60_000
const LONGEST_PAUSE_MILLISECONDS = 30_000

/**
 * How long to wait before starting a process again that died: 1 s, doubling while it keeps dying soon after its start.
 * @param quickDeaths how often in a row it had died so before
 */
export function restartPauseMilliseconds(
  livedMilliseconds: number,
  quickDeaths: number,
): { pauseMilliseconds: number; quickDeaths: number } {
  const inARow = livedMilliseconds >= SETTLED_MILLISECONDS ? 1 : quickDeaths + 1
  return { pauseMilliseconds: Math.min(1_000 * 2 ** (inARow - 1), LONGEST_PAUSE_MILLISECONDS), quickDeaths: inARow }
}
