import { z } from 'zod'
import type { WeatherError } from '@/lib/contracts/weather'
import type { WeatherHour } from '@/lib/domain/weather-hours'
import { FORECAST_VARIABLES, HISTORY_VARIABLES, readForecastAnswer, readHistoryAnswer } from './open-meteo-answer'

const TIMEOUT_MILLISECONDS = 30_000
/** Three months of forecasts are about 200 KB. */
const MOST_BYTES = 8 * 1024 * 1024
const MOST_ERROR_BYTES = 16 * 1024
const LONGEST_REASON = 200
/** Counted from midnight UTC: today, the seven days that a forecast reaches ahead, and one for forecasts made until the next fetch. */
export const FORECAST_DAYS = 9
/** The most that the archive of past forecasts answers at once. */
export const HISTORY_DAYS = 92

export interface WeatherServer {
  /** Base address, https://api.open-meteo.com. */
  url: string
  apiKey?: string
  timeoutMilliseconds?: number
}

export interface Place {
  /** Degrees, rounded to what the service may know. */
  latitude: number
  longitude: number
}

/** Why a weather service gave no forecast. */
export class WeatherServiceError extends Error {
  override name = 'WeatherServiceError'

  constructor(
    readonly detail: WeatherError,
    /** How long the service asks to be left alone; null where it says nothing. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`The weather service failed: ${JSON.stringify(detail)}`)
  }
}

/** The newest forecast of the next days. @throws WeatherServiceError */
export async function fetchForecast(server: WeatherServer, place: Place, stopped: AbortSignal): Promise<WeatherHour[]> {
  // Of before the answer: nothing in it is newer.
  const saidSeconds = Math.floor(Date.now() / 1000)
  const answer = await ask(server, place, { hourly: FORECAST_VARIABLES.join(','), forecast_days: String(FORECAST_DAYS) }, stopped)
  return readable(() => readForecastAnswer(answer, saidSeconds))
}

/** What was forecast of the last days, one to seven days before. @throws WeatherServiceError */
export async function fetchPastForecasts(server: WeatherServer, place: Place, stopped: AbortSignal): Promise<WeatherHour[]> {
  const query = { hourly: HISTORY_VARIABLES.join(','), past_days: String(HISTORY_DAYS), forecast_days: '1' }
  const answer = await ask(server, place, query, stopped)
  return readable(() => readHistoryAnswer(answer))
}

async function ask(
  { url: base, apiKey, timeoutMilliseconds = TIMEOUT_MILLISECONDS }: WeatherServer,
  { latitude, longitude }: Place,
  query: Record<string, string>,
  stopped: AbortSignal,
): Promise<unknown> {
  const url = new URL(`${base.replace(/\/+$/, '')}/v1/forecast`)
  const all = { latitude: String(latitude), longitude: String(longitude), ...query, timeformat: 'unixtime', timezone: 'GMT' }
  url.search = new URLSearchParams({ ...all, ...(apiKey && { apikey: apiKey }) }).toString()
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMilliseconds)])
  try {
    const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } })
    if (!response.ok) throw await refusal(response)
    return JSON.parse(await readText(response, MOST_BYTES)) as unknown
  } catch (error) {
    if (error instanceof WeatherServiceError) throw error
    stopped.throwIfAborted()
    if (error instanceof SyntaxError) throw failure('unreadable')
    throw failure(signal.aborted ? 'timeout' : 'unreachable')
  }
}

const failure = (kind: WeatherError['kind'], reason: string | null = null) => new WeatherServiceError({ kind, status: null, reason })

async function refusal(response: Response): Promise<WeatherServiceError> {
  const said: unknown = await readText(response, MOST_ERROR_BYTES).then(JSON.parse).catch(() => null)
  const parsed = z.object({ reason: z.string() }).safeParse(said)
  const reason = parsed.success ? parsed.data.reason.slice(0, LONGEST_REASON) : null
  return new WeatherServiceError({ kind: 'status', status: response.status, reason }, retryAfter(response.headers.get('retry-after')))
}

/** Seconds, or a date; see RFC 9110, 10.2.3. */
function retryAfter(given: string | null): number | null {
  if (given === null) return null
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null
}

async function readText(response: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > mostBytes) throw failure('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readable(read: () => WeatherHour[]): WeatherHour[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const [issue] = error.issues
    throw failure('unreadable', issue ? `${issue.path.join('.')}: ${issue.message}`.slice(0, LONGEST_REASON) : null)
  }
}
