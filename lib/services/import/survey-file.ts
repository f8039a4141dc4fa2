import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ImportPreview } from '@/lib/contracts/import'
import { surveyAnswerSchema, type SurveyRequest } from '@/lib/contracts/import-survey'
import { UsageError } from '@/lib/infra/usage-error'

export interface SurveyLimits {
  milliseconds: number
  /** Of JavaScript's objects. */
  heapMegabytes: number
  /** Of the whole process; kept to where the system says how much that is (Linux). */
  residentMegabytes: number
}

const LIMITS: SurveyLimits = { milliseconds: 60_000, heapMegabytes: 512, residentMegabytes: 1024 }
/** Side by side; others wait. */
const MOST_AT_ONCE = 2
const WATCH_MILLISECONDS = 50
const MOST_ANSWER_CHARACTERS = 4_000_000
const KEPT_ERROR_CHARACTERS = 2_000

const waiting: (() => void)[] = []
let running = 0

/**
 * Says how a file would be read. A process of its own looks at it: what a hostile file makes of the memory or the time there
 * costs nobody else anything. A worker thread would not do: V8 ends the whole process where a single allocation fails, and
 * counts no buffers.
 * @param program the bundle of workers/import-survey; by default where scripts/bundle.mjs puts it
 * @throws UsageError where the file cannot be read, or takes too much
 */
export async function surveyFile(
  request: SurveyRequest,
  limits: SurveyLimits = LIMITS,
  program = path.resolve('.build/workers/import-survey/main.mjs'),
): Promise<ImportPreview> {
  if (!existsSync(/* turbopackIgnore: true */ program)) throw new Error(`${program} is missing: start the application with npm start, which makes it.`)
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    const answer = surveyAnswerSchema.parse(JSON.parse(await ask(program, request, limits)))
    if ('refusal' in answer) throw new UsageError(answer.refusal)
    return answer.preview
  } finally {
    // Who waits longest takes this one's place.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

function ask(program: string, request: SurveyRequest, limits: SurveyLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    // Nothing of this process' environment is any of its business.
    const child = spawn(process.execPath, [`--max-old-space-size=${limits.heapMegabytes}`, program], {
      env: {} as NodeJS.ProcessEnv,
    })
    let answer = ''
    let said = ''
    let ended: Error | null = null
    const end = (reason: Error) => {
      ended ??= reason
      child.kill('SIGKILL')
    }
    const advice = 'Split it, or save it as CSV.'
    const tooMuch = () => end(new UsageError(`${request.name} takes too much memory to be looked at. ${advice}`))
    const timer = setTimeout(
      () => end(new UsageError(`${request.name} takes longer than ${limits.milliseconds / 1000} s to be looked at. ${advice}`)),
      limits.milliseconds,
    )
    const watch = setInterval(() => {
      void residentMegabytes(child.pid).then((megabytes) => void (megabytes > limits.residentMegabytes && tooMuch()))
    }, WATCH_MILLISECONDS)
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      answer += more
      if (answer.length > MOST_ANSWER_CHARACTERS) tooMuch()
    })
    child.stderr.setEncoding('utf8').on('data', (more: string) => (said = (said + more).slice(0, KEPT_ERROR_CHARACTERS)))
    // One that ended before it had read its question says why by its exit.
    child.stdin.on('error', () => {})
    child.stdin.end(JSON.stringify(request))
    const over = (finish: () => void) => {
      clearTimeout(timer)
      clearInterval(watch)
      finish()
    }
    child.on('error', (error) => over(() => reject(error)))
    child.on('close', (code, signal) =>
      over(() => {
        if (ended) reject(ended)
        else if (code === 0) resolve(answer)
        else if (signal === 'SIGKILL' || /out of memory|allocation failed|invalid (?:array|table) size/i.test(said))
          reject(new UsageError(`${request.name} takes too much memory to be looked at. Split it, or save it as CSV.`))
        else reject(new Error(`Looking at an uploaded file ended with ${signal ?? `code ${code}`}: ${said}`))
      }),
    )
  })
}

async function residentMegabytes(pid: number | undefined): Promise<number> {
  const facts = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(facts)?.[1] ?? 0) / 1024
}
