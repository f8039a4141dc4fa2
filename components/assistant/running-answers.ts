import { z } from 'zod'

const KEY = 'assistant-answers-on-their-way'
const storedSchema = z.record(z.string(), z.string())

/** Which conversation waits for which answer, kept for as long as the tab: a page that is loaded anew comes back to it. */
export function rememberRunning(sessionId: string, messageId: string): void {
  write({ ...read(), [sessionId]: messageId })
}

export function forgetRunning(sessionId: string): void {
  const { [sessionId]: _, ...rest } = read()
  write(rest)
}

export function runningAnswerOf(sessionId: string): string | null {
  return read()[sessionId] ?? null
}

function read(): Record<string, string> {
  try {
    return storedSchema.parse(JSON.parse(sessionStorage.getItem(KEY) ?? '{}'))
  } catch {
    return {}
  }
}

function write(running: Record<string, string>): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(running))
  } catch {
    // A browser that keeps nothing: answers are found in the conversation once they are complete.
  }
}
