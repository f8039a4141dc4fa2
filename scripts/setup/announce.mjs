// What a person sees while the launcher or the test run works: one line a step, with its time.

import { CommandFailed } from './run-command.mjs'

const isTerminal = Boolean(process.stdout.isTTY)
const TICK_MILLISECONDS = isTerminal ? 200 : 15_000
const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`

/** Of the steps in progress; the newest is the one that is drawn. */
const openLines = []

/** Prints a whole line, above the line of a step in progress. */
export function say(text) {
  if (openLines.length > 0) process.stdout.write(`\r\x1b[K${text}\n`)
  else console.log(text)
  openLines.at(-1)?.draw()
}

/**
 * Runs `work` as one announced step. It may call `progress(text)` with what is happening now.
 * @template Result
 * @param {string} title
 * @param {(progress: (text: string) => void) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const startedAt = Date.now()
  let detail = ''
  let frame = 0
  const elapsed = () => seconds(Date.now() - startedAt)
  const line = {
    draw() {
      const text = `${SPINNER[frame++ % SPINNER.length]} ${title}… ${elapsed()}${detail && `  ${detail}`}`
      process.stdout.write(`\r\x1b[K${text.slice(0, (process.stdout.columns ?? 100) - 1)}`)
    },
  }
  if (isTerminal) openLines.push(line)
  else console.log(`  ${title}…`)
  const timer = setInterval(() => {
    if (line === openLines.at(-1)) line.draw()
    else if (!isTerminal) console.log(`  … ${title.toLowerCase()}, ${elapsed()}${detail && `, ${detail}`}`)
  }, TICK_MILLISECONDS)
  const finish = (mark) => {
    clearInterval(timer)
    if (isTerminal) openLines.splice(openLines.indexOf(line), 1)
    if (isTerminal) process.stdout.write('\r\x1b[K')
    console.log(`${mark} ${title}  ${elapsed()}`)
  }
  try {
    const result = await work((text) => {
      detail = text
    })
    finish('✓')
    return result
  } catch (error) {
    finish('✗')
    if (error instanceof CommandFailed) error.message = `${title} ${error.message}`
    throw error
  }
}
