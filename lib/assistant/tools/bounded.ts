/** What a person waits at most for a tool that has to calculate. */
const MOST_SECONDS = 20

/**
 * Waits for a calculation, but not for ever; it goes on, so that who asks again later finds it done.
 * @returns null where it takes too long
 */
export async function bounded<Answer>(calculation: Promise<Answer>, mostSeconds = MOST_SECONDS): Promise<Answer | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), mostSeconds * 1000)
  })
  // A failure after that is nobody's any more.
  calculation.catch(() => undefined)
  try {
    return await Promise.race([calculation, late])
  } finally {
    clearTimeout(timer)
  }
}

export const STILL_CALCULATING = {
  problem: 'This is being calculated for the first time and takes a while. Ask again in a minute.',
}
